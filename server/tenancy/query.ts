import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { DB } from '../../db/types.ts';
import { PredicatePlugin } from './predicate-plugin.ts';

/**
 * Builds queries over the company's tables; it has no connection and cannot run them. Hand a query to a company's door
 * (`company.first(query)`), which runs it in the company that was proven by the caller's token.
 */
export const q = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [new PredicatePlugin()],
});

/** A query that can be compiled: what Kysely's builders have in common. */
export interface Compilable<Row> {
  compile(): CompiledQuery<Row>;
}

/** A placeholder for a value of a prepared statement: see `statement`. */
export class Slot {
  constructor(readonly key: string) {}
}

/** Compiles a query once; later calls only bind their values. Where a query's shape never changes, use this. */
export function statement<Values extends object, Row>(
  build: (slot: <K extends keyof Values & string>(key: K) => Values[K]) => Compilable<Row>,
): (values: Values) => CompiledQuery<Row> {
  let compiled: CompiledQuery<Row> | undefined;
  return (values) => {
    // The slot passes for a value of the column's type while the query is built, and is replaced before it is bound.
    compiled ??= build((key) => new Slot(key) as never).compile();
    const given = values as Record<string, unknown>;
    return { ...compiled, parameters: compiled.parameters.map((p) => (p instanceof Slot ? given[p.key] : p)) };
  };
}
