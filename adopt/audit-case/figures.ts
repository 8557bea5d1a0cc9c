import type { Client } from 'pg';
import { models } from './schema.ts';

/** What the audit counted. */
export interface Figures {
  tables: number;
  withCompany: string[];
  foreignKeysOnCompany: number;
  indexesOnCompany: number;
  /** Table to its rows, and to those without a company. */
  rows: Record<string, number>;
  withoutCompany: Record<string, number>;
  /** Company to table to rows. */
  perCompany: Record<string, Record<string, number>>;
  models: number;
  modelsWithCompany: number;
  drift: { onlyInDatabase: string[]; onlyInModels: string[] };
  /** Tables with a company whose rows belong to a user by owner_id; found from the foreign keys, never guessed. */
  ownedByOwnerId: string[];
}

/** Takes the audit's figures of the CRM's database. Names of tables come without a schema: it had but one. */
export async function figures(client: Client): Promise<Figures> {
  const { rows: tables } = await client.query<{ name: string; company: boolean; owner: boolean }>(`
    select relname as name, exists (select from pg_attribute where attrelid = c.oid and attname = 'company_id' and not attisdropped) as company,
      exists (select from pg_constraint k join pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey)
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'users'::regclass and a.attname = 'owner_id') as owner
    from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`);
  const { rows: keys } = await client.query<{ foreign: number; indexes: number }>(`
    select (select count(*)::int from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and k.conkey = array[a.attnum]
        where k.contype = 'f' and a.attname = 'company_id') as foreign,
      (select count(*)::int from pg_index i join pg_attribute a on a.attrelid = i.indrelid and i.indkey[0] = a.attnum
        where a.attname = 'company_id' and i.indnkeyatts = 1) as indexes`);
  const found: Figures = {
    tables: tables.length,
    withCompany: tables.filter(({ company }) => company).map(({ name }) => name),
    foreignKeysOnCompany: keys[0]!.foreign,
    indexesOnCompany: keys[0]!.indexes,
    rows: {},
    withoutCompany: {},
    perCompany: {},
    models: models().size,
    modelsWithCompany: [...models().values()].filter(Boolean).length,
    drift: { onlyInDatabase: [], onlyInModels: [] },
    ownedByOwnerId: tables.filter(({ company, owner }) => company && owner).map(({ name }) => name),
  };
  for (const { name, company } of tables) {
    const by = company ? `(select c.name from companies c where c.id = t.company_id)` : `'all'`;
    const { rows } = await client.query<{ company: string | null; rows: number }>(
      `select ${by} as company, count(*)::int as rows from ${name} t group by 1`,
    );
    found.rows[name] = rows.reduce((sum, each) => sum + each.rows, 0);
    for (const each of rows) {
      if (each.company === null) found.withoutCompany[name] = each.rows;
      else if (company) found.perCompany[each.company] = { ...found.perCompany[each.company], [name]: each.rows };
    }
    const declared = models().get(name);
    if (declared === false && company) found.drift.onlyInDatabase.push(name);
    if (declared === true && !company) found.drift.onlyInModels.push(name);
  }
  return found;
}
