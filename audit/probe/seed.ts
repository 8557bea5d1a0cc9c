import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A row's columns and values, as they were written. */
type Row = Record<string, unknown>;

/** A company that has one row in every company-owned table, each text of which carries the company's canary. */
export interface Seeded {
  companyId: string;
  canary: string;
  /** Table -> its row. */
  rows: Map<string, Row>;
}

interface Column {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  filled: boolean;
  words: string[] | null;
  longest: number | null;
}
interface ForeignKey {
  table: string;
  parent: string;
  columns: string[];
  parentColumns: string[];
}

export interface Catalog {
  tables: Map<string, Column[]>;
  keys: ForeignKey[];
}

/** What the live database says about its company-owned tables: nothing about them is listed by hand. */
export async function readCatalog(client: pg.Client): Promise<Catalog> {
  const columns = await client.query<Column>(`
    select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type, not a.attnotnull as nullable,
      (a.atthasdef or a.attgenerated <> '') as filled,
      (select array_agg(m[1]) from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([^'']*)''::text', 'g') m
        where k.conrelid = c.oid and k.conkey = array[a.attnum] and k.contype = 'c'
          and pg_get_constraintdef(k.oid) ~ '= ANY \\(ARRAY') as words,
      (select min(m[1]::int) from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '<= (\\d+)', 'g') m
        where k.conrelid = c.oid and k.conkey = array[a.attnum] and k.contype = 'c') as longest
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
      and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'company_id' and o.attnotnull)
    order by c.relname, a.attnum`);
  const keys = await client.query<ForeignKey>(`
    select k.conrelid::regclass::text as table, k.confrelid::regclass::text as parent,
      (select array_agg(a.attname::text order by n.i) from unnest(k.conkey) with ordinality n(att, i)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.att) as columns,
      (select array_agg(a.attname::text order by n.i) from unnest(k.confkey) with ordinality n(att, i)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.att) as "parentColumns"
    from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace`);
  const tables = new Map<string, Column[]>();
  for (const column of columns.rows) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  return { tables, keys: keys.rows };
}

/** Values that a table's own rules ask for, where its columns alone do not tell. */
const SPECIAL: Record<string, (canary: string) => Row> = {
  sessions: () => ({ acting_admin_id: null, acting_admin_email: null, expires_at: '2100-01-01' }),
  custom_field_definitions: (canary) => ({
    key: `k_${canary.replaceAll('-', '_').slice(0, 20)}`,
    type: 'text',
    options: '[]',
  }),
  pipeline_stages: () => ({ is_closed: false, is_won: false, probability: 10 }),
  contacts: () => ({ merged_into_id: null, custom_fields: '{}' }),
  deals: () => ({ custom_fields: '{}', currency: 'USD' }),
  activities: () => ({ custom_fields: '{}', type: 'task', status: 'pending', completed_at: null, reminded_at: null }),
  imports: () => ({
    default_country: 'US',
    file_key: randomUUID(),
    headers: '["Email"]',
    mapping: '[{"header":"Email","field":"email"}]',
  }),
  import_errors: (canary) => ({ problems: '[]', cells: JSON.stringify([canary]) }),
  users: () => ({ manager_id: null, status: 'active', user_role: 'company_admin' }),
  invitations: () => ({ accepted_at: null, revoked_at: null, expires_at: '2100-01-01' }),
};

/** Times that mean an end: a row that the attack is to find must be alive. */
const ENDS = /^(deleted|revoked|used|merged|expired|suspended|dismissed|undone|finished|failed)_|^private_to$/;

export async function seedCompany(client: pg.Client, { tables, keys }: Catalog): Promise<Seeded> {
  const canary = `canary-${randomBytes(6).toString('hex')}`;
  const { rows: made } = await client.query(`insert into companies (name) values ($1) returning id`, [canary]);
  const seeded: Seeded = { companyId: made[0].id, canary, rows: new Map([['companies', made[0]]]) };
  for (const table of parentsFirst([...tables.keys()], keys)) {
    const values: Row = { company_id: seeded.companyId };
    for (const column of tables.get(table) ?? []) {
      const value = sampleOf(column, canary);
      if (value !== undefined) values[column.column] = value;
    }
    for (const key of keys.filter((k) => k.table === table && k.parent !== table)) {
      const parent = seeded.rows.get(key.parent);
      key.columns.forEach((name, i) => {
        if (name !== 'company_id') values[name] = parent?.[key.parentColumns[i] as string] ?? null;
      });
    }
    for (const key of keys.filter((k) => k.table === table && k.parent === table)) {
      for (const name of key.columns) if (name !== 'company_id') values[name] = null;
    }
    Object.assign(values, SPECIAL[table]?.(canary));
    const names = Object.keys(values);
    const { rows } = await client.query(
      `insert into ${table} (${names.map((n) => `"${n}"`).join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning *`,
      Object.values(values),
    );
    seeded.rows.set(table, rows[0]);
  }
  return seeded;
}

function sampleOf({ column, type, nullable, filled, words, longest }: Column, canary: string): unknown {
  if (['company_id', 'id', 'created_at', 'updated_at', 'version', 'search_text'].includes(column)) return undefined;
  if (ENDS.test(column)) return undefined;
  if (words !== null) return filled ? undefined : words[0];
  const text = `${canary} ${column}`;
  switch (type) {
    case 'text':
    case 'character varying':
      return filled && !/name|title|subject|body|message|description/.test(column)
        ? undefined
        : text.slice(0, longest ?? undefined);
    case 'citext':
      return `${canary}@${column.replaceAll('_', '-')}.example`;
    case 'jsonb':
      return filled ? undefined : JSON.stringify({ note: text });
    case 'text[]':
      return filled ? [canary] : [text];
    case 'bytea':
      return randomBytes(32);
    case 'timestamp with time zone':
      return nullable ? '2030-01-01T00:00:00Z' : filled ? undefined : '2030-01-01T00:00:00Z';
    case 'date':
      return '2030-01-01';
    case 'uuid':
      return nullable || filled ? undefined : randomUUID();
    default:
      return filled || nullable ? undefined : type === 'boolean' ? false : 1;
  }
}

function parentsFirst(tables: string[], keys: ForeignKey[]): string[] {
  const order: string[] = [];
  const visit = (table: string) => {
    if (order.includes(table) || !tables.includes(table)) return;
    for (const key of keys) if (key.table === table && key.parent !== table) visit(key.parent);
    if (!order.includes(table)) order.push(table);
  };
  for (const table of tables) visit(table);
  return order;
}

/** One hash over every row of a company in every table: it changes if anything of the company does. */
export async function hashOf(client: pg.Client, { tables }: Catalog, companyId: string): Promise<string> {
  const parts = [...tables.keys()].map(
    (table) =>
      `select '${table}' as name, md5(coalesce(string_agg(t::text, '|' order by t.id), '')) as hash from ${table} t where company_id = $1`,
  );
  const { rows } = await client.query(
    `select string_agg(name || hash, ',' order by name) as hash from (${parts.join(' union all ')}) all_tables`,
    [companyId],
  );
  return rows[0].hash;
}
