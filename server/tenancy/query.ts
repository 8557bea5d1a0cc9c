import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import { LRUCache } from 'lru-cache';
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
class Slot {
  constructor(readonly key: string) {}
}

/** Stands for a value while a query is built that `statement` will compile, where its own slots do not reach. */
export const slot = (key: string): never => new Slot(key) as never;

/**
 * Compiles a query once; later calls only bind their values. Use it where a query's shape never changes:
 * `const one = statement(['id'], (slot) => q.selectFrom('contacts').selectAll().where('id', '=', slot.id))`.
 */
export function statement<const Key extends string, Row>(
  keys: readonly Key[],
  // A slot passes for a value of any column's type while the query is built; it is replaced before anything is bound.
  build: (slots: Record<Key, never>) => Compilable<Row>,
): (values: Record<Key, unknown>) => CompiledQuery<Row> {
  let compiled: CompiledQuery<Row> | undefined;
  return (values) => {
    compiled ??= build(Object.fromEntries(keys.map((key) => [key, new Slot(key)])) as Record<Key, never>).compile();
    return { ...compiled, parameters: compiled.parameters.map((p) => (p instanceof Slot ? values[p.key as Key] : p)) };
  };
}

/** Sets of fields of one statement that are kept compiled: who sends ever other ones must not fill the memory. */
const MOST_SETS = 200;

/**
 * Compiles a query once for each set of fields that it is given: for inserts and updates, whose text depends on which
 * fields a request names and not on what they say. `build` may pass the values on, never look at them.
 */
export function statementOfFields<Values extends object, Row>(
  build: (slots: Values) => Compilable<Row>,
): (values: Values) => CompiledQuery<Row> {
  const bySet = new LRUCache<string, (values: Record<string, unknown>) => CompiledQuery<Row>>({ max: MOST_SETS });
  return (values) => {
    const given = values as Record<string, unknown>;
    // In one order, whatever the request's: each order would be another text, and another prepared statement.
    const names = Object.keys(given)
      .filter((name) => given[name] !== undefined)
      .sort();
    const set = names.join();
    let bind = bySet.get(set);
    if (bind === undefined) {
      bind = statement(names, (slots) => build(slots as unknown as Values));
      bySet.set(set, bind);
    }
    return bind(given);
  };
}
