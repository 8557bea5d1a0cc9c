import { references } from '../bodies.ts';
import { type Endpoint, tableFor } from '../endpoints.ts';
import type { Catalog } from '../seed.ts';
import type { State } from '../target.ts';

/** What must be done to the row that an endpoint's path names, as far as the catalog tells: SQL on its table. */
export function statesFor(catalog: Catalog, { path, parameters, body }: Endpoint): State[] {
  const states: State[] = [{ name: 'plain' }];
  const named = parameters.find((p) => p.in === 'path')?.name;
  const table = tableFor(named ?? 'id', path, catalog);
  if (table === undefined || (named === undefined && references(body).length === 0)) return states;
  if (table === 'companies')
    return [...states, { name: 'suspended', sql: `update companies set status = 'suspended' where id = $1` }];
  const columns = catalog.tables.get(table) ?? [];
  const set = (name: string, column: string, value: string) =>
    states.push({ name, sql: `update ${table} set ${column} = ${value} where company_id = $1` });
  if (columns.some(({ column }) => column === 'deleted_at') && table !== 'users') set('deleted', 'deleted_at', 'now()');
  states.push({ name: 'grown' });
  for (const key of catalog.keys.filter(({ parent }) => parent === table)) {
    const column = key.columns.find((name) => name !== 'company_id');
    if (catalog.tables.get(key.table)?.find((c) => c.column === column)?.nullable)
      states.push({ name: `no ${key.table}`, sql: `update ${key.table} set ${column} = null where company_id = $1` });
  }
  const words = columns.find(({ column }) => column === 'status')?.words ?? [];
  for (const word of table === 'users' ? [] : words) set(word, 'status', `'${word}'`);
  return states;
}
