import type { ClientBase } from 'pg';
import { inOrder } from '../../adopt/graph.ts';
import { type OwnedTable, ownedTables } from '../tables.ts';

const EDGES = `
  select c.relname as child, p.relname as parent,
    (select json_agg(a.attname) from pg_attribute a
     where a.attrelid = c.oid and a.attnum = any (k.conkey) and a.attname <> 'company_id') as columns
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
  where k.contype = 'f' and k.conparentid = 0 and k.connamespace = 'public'::regnamespace`;

export interface OrderedTable {
  table: OwnedTable;
  /** Columns by which its rows refer to rows of the same table. */
  toItself: string[];
}

/** Every table with rows of companies, each after those that its rows refer to. Foreign keys form no circle (rule 62). */
export async function parentsFirst(client: ClientBase): Promise<OrderedTable[]> {
  const tables = new Map((await ownedTables(client)).map((table) => [table.name, table]));
  const { rows: edges } = await client.query<{ child: string; parent: string; columns: string[] }>(EDGES);
  const needs = new Map(
    [...tables.keys()].map((name) => [
      name,
      edges.filter(({ child, parent }) => child === name && parent !== name).map(({ parent }) => parent),
    ]),
  );
  return inOrder(needs)
    .flat()
    .flatMap((name) => {
      const table = tables.get(name);
      const own = edges.filter(({ child, parent }) => child === name && parent === name);
      return table === undefined ? [] : [{ table, toItself: own.flatMap(({ columns }) => columns) }];
    });
}
