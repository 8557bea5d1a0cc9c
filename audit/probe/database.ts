import type pg from 'pg';
import { type Catalog, growCompany } from './seed.ts';
import type { Evidence } from './target.ts';

/** What became of a company's rows, as the database itself knows it. */
export const databaseEvidence = (client: pg.Client, catalog: Catalog): Evidence => ({
  partial: false,
  hashes: ({ person }) => hashesOf(client, catalog, person.companyId),
  rows: ({ person }) => rowHashes(client, catalog, person.companyId),
  grow: ({ company }) => growCompany(client, catalog, company),
  strays: ({ person }, mark) => bleeding(client, catalog, person.companyId, mark),
});

/** One hash for each table over every row of a company in it: it changes if anything of the company does. */
async function hashesOf(client: pg.Client, { tables }: Catalog, companyId: string): Promise<Map<string, string>> {
  const parts = [...tables.keys()].map(
    (table) =>
      `select '${table}' as name, md5(coalesce(string_agg(t::text, '|' order by t.id), '')) as hash from ${table} t where company_id = $1`,
  );
  const own = `select 'companies' as name, md5(string_agg(t::text, '')) as hash from companies t where id = $1`;
  const { rows } = await client.query(`${parts.join(' union all ')} union all ${own}`, [companyId]);
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

/** A hash for each row of a company: `table id` -> hash. */
async function rowHashes(client: pg.Client, { tables }: Catalog, companyId: string): Promise<Map<string, string>> {
  const parts = [...tables.keys()].map(
    (table) => `select '${table} ' || t.id as name, md5(t::text) as hash from ${table} t where company_id = $1`,
  );
  const { rows } = await client.query(parts.join(' union all '), [companyId]);
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

/** Tables in which a company's rows hold another's mark: what was written into the wrong company’s rows. */
async function bleeding(client: pg.Client, { tables }: Catalog, companyId: string, mark: string): Promise<string[]> {
  const parts = [...tables.keys()].map(
    (table) => `select '${table}' as name from ${table} t where company_id = $1 and strpos(t::text, $2) > 0`,
  );
  const { rows } = await client.query(parts.join(' union '), [companyId, mark]);
  return rows.map(({ name }) => name);
}
