import { COMPANY } from '../../../server/tenancy/predicate-plugin.ts';
import type { Application } from '../../application/application.ts';
import type { Finding } from '../../rule.ts';

/** Builds a query of each kind over a company's table, and says which came without its company. */
export function unguarded({ query }: Application, table: string): Finding[] {
  // Any company-owned table stands for all of them: the type is one that has the columns that are asked for.
  const name = table as 'contacts';
  const kinds = {
    select: () => query.selectFrom(name).select('id'),
    update: () => query.updateTable(name).set({ id: '' }),
    delete: () => query.deleteFrom(name),
    'left join': () =>
      query
        .selectFrom('companies')
        .leftJoin(name, (join) => join.onTrue())
        .select('companies.id'),
    'sub-query': () => query.selectFrom(query.selectFrom(name).select('id').as('inner')).select('inner.id'),
  };
  return Object.entries(kinds).flatMap(([kind, build]) => {
    const carries = build()
      .compile()
      .parameters.some((value) => (value as unknown) === COMPANY);
    if (carries) return [];
    return [
      {
        object: table,
        message: `a ${kind} over it is built without the company`,
        mend: '-- server/tenancy/query.ts: build queries with the predicate plugin',
      },
    ];
  });
}
