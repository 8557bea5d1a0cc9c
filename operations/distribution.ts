import type { ClientBase } from 'pg';
import { ownedTables, quoted } from './tables.ts';

export interface CompanyRows {
  /** null: rows without a company, or of one that is not there. */
  id: string | null;
  name: string;
  status: string;
  /** By table; a table without rows of it is left out. */
  tables: Record<string, number>;
  total: number;
}

/** How the rows of all tables are distributed over the companies, largest first; no row is left out. */
export async function distribution(client: ClientBase): Promise<CompanyRows[]> {
  const { rows } = await client.query<{ id: string; name: string; status: string }>(
    'select id, name, status from companies',
  );
  const companies = new Map<string | null, CompanyRows>(
    rows.map((company) => [company.id, { ...company, tables: {}, total: 0 }]),
  );
  for (const { name, owner } of await ownedTables(client)) {
    if (name === 'companies') continue;
    const counts = await client.query<{ id: string | null; rows: string }>(
      // The logins of super admins are the one kind of row that has no company by right.
      `select ${quoted(owner)} as id, count(*) as rows from ${quoted(name)} t
       where ${quoted(owner)} is not null or not (to_jsonb(t) @> '{"is_super_admin": true}') group by 1`,
    );
    for (const { id, rows: count } of counts.rows) {
      const company = companies.get(id) ?? strays(companies);
      company.tables[name] = (company.tables[name] ?? 0) + Number(count);
      company.total += Number(count);
    }
  }
  return [...companies.values()].sort((a, b) => b.total - a.total || a.name.localeCompare(b.name));
}

function strays(companies: Map<string | null, CompanyRows>): CompanyRows {
  const known = companies.get(null);
  if (known !== undefined) return known;
  const made = { id: null, name: '(no company)', status: 'stray', tables: {}, total: 0 };
  companies.set(null, made);
  return made;
}
