import type { RegisteredRoute } from '../../../server/platform/scopes.ts';
import { nameOf, schemaOf } from '../../application/knock.ts';
import type { Schema } from '../../probe/endpoints.ts';
import type { Finding } from '../../rule.ts';
import type { Column } from './live-columns.ts';

type Tables = ReadonlyMap<string, ReadonlyMap<string, Column>>;

/** What requests and answers say of a column of their resource's table, where it is something else than the database says. */
export function contractDrift(routes: readonly RegisteredRoute[], live: Tables): Finding[] {
  const found = new Map<string, Finding>();
  for (const route of routes) {
    const columns = live.get(/^\/api\/([a-z-]+)(?:\/:\w+)?$/.exec(route.url)?.[1]?.replaceAll('-', '_') ?? '');
    if (columns === undefined) continue;
    const answer = (route.schema?.response as Record<string, Schema> | undefined)?.[
      route.method === 'POST' ? '201' : '200'
    ];
    for (const [field, shape] of Object.entries(schemaOf(route.schema, 'body')?.properties ?? {})) {
      const strange = wordsOf(shape).filter((word) => columns.get(field)?.words?.includes(word) === false);
      if (strange.length > 0)
        report(route, field, `a request may say ${strange.join(', ')}, which the database does not allow`);
    }
    for (const [field, shape] of Object.entries(answer?.properties ?? {})) {
      const column = columns.get(field);
      const words = wordsOf(shape);
      const missing = words.length === 0 ? [] : (column?.words ?? []).filter((word) => !words.includes(word));
      if (missing.length > 0)
        report(route, field, `an answer may say ${missing.join(', ')}, which its contract does not know`);
      if (column?.nullable && !mayBeNull(shape) && answer?.required?.includes(field))
        report(route, field, 'may be null in the database, and the contract of the answer says never');
    }
  }
  return [...found.values()];

  function report(route: RegisteredRoute, field: string, message: string): void {
    const object = `${nameOf(route)} ${field}`;
    found.set(object, {
      object,
      message,
      mend: '-- features/<noun>/contract.ts, or a migration: make them say the same',
    });
  }
}

const options = (shape: Schema): Schema[] => shape.anyOf ?? [shape];
const wordsOf = (shape: Schema): string[] =>
  options(shape).flatMap(({ enum: words = [], const: word }) =>
    [...words, word].filter((one) => typeof one === 'string'),
  );
const mayBeNull = (shape: Schema): boolean =>
  options(shape).some(({ type, enum: words }) => [type].flat().includes('null') || words?.includes(null)) ||
  (shape.type === undefined && shape.anyOf === undefined && shape.enum === undefined);
