import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import pg from 'pg';
import { hashOf, writeToken } from '../../features/auth/server/service.ts';

/** A row's columns and values, as they were written. */
type Row = Record<string, unknown>;
/** Table -> its row. */
export type Rows = ReadonlyMap<string, Row>;

/** What is known of a company: two rows of everything where there are as many, each text with the company's canary. */
export interface Company {
  /** Empty where it is not known. */
  companyId: string;
  canary: string;
  rows: Rows;
  /** The second row of each table; its parents are second rows too. */
  others: Rows;
  /** The secret of a link that the company gave out, of its first rows and of its second. */
  secrets: { rows: string; others: string };
  /** Of addresses that are invented for it; example.com unless told. */
  domain?: string | undefined;
  /** A word that nobody used yet, where a company makes several requests: a name can be taken once only. */
  newWord?: () => string;
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
      (select array_agg(m[1]) from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([^'']*)''::(?:text|character varying)', 'g') m
        where k.conrelid = c.oid and k.conkey = array[a.attnum] and k.contype = 'c'
          and pg_get_constraintdef(k.oid) ~ '= ANY \\(ARRAY') as words,
      least(
        case when a.atttypid = 'varchar'::regtype and a.atttypmod > 4 then a.atttypmod - 4 end,
        (select min(m[1]::int) from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '<= (\\d+)', 'g') m
          where k.conrelid = c.oid and k.conkey = array[a.attnum] and k.contype = 'c')) as longest
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
  pipeline_stages: () => ({
    order_index: randomInt(1_000, 1_000_000),
    is_closed: false,
    is_won: false,
    probability: 10,
  }),
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
  notifications: (canary) => ({ key: 'assigned', params: JSON.stringify({ about: canary }) }),
  jobs: () => ({ status: 'scheduled', run_at: '2100-01-01' }),
  users: () => ({ manager_id: null, status: 'active', user_role: 'company_admin' }),
  invitations: () => ({ accepted_at: null, revoked_at: null, expires_at: '2100-01-01' }),
};

/** Times that mean an end: a row that the attack is to find must be alive. */
const ENDS = /^(deleted|revoked|used|merged|expired|suspended|dismissed|undone|finished|failed)_|^private_to$/;

export async function seedCompany(client: pg.Client, catalog: Catalog): Promise<Company> {
  const canary = `canary-${randomBytes(6).toString('hex')}`;
  const companyId = randomUUID();
  const company = { id: companyId, name: canary, email: `${canary}@email.example` };
  const none = new Map([['companies', company]]);
  const rows = rowsFor(catalog, companyId, canary, none);
  const others = rowsFor(catalog, companyId, `${canary}-2`, none);
  await client.query(`begin; ${insertion('companies', company)}; ${insertions(rows)}; ${insertions(others)}; commit`);
  const secrets = { rows: tokenOf(companyId, canary), others: tokenOf(companyId, `${canary}-2`) };
  return { companyId, canary, rows, others, secrets };
}

/** One row more in every table that takes it, below the company's first rows: whose figures move, sees them. */
export async function growCompany(
  client: pg.Client,
  catalog: Catalog,
  { companyId, canary, rows }: Company,
): Promise<void> {
  for (const [table, row] of rowsFor(catalog, companyId, `${canary}-${randomBytes(2).toString('hex')}`, rows)) {
    if (table !== 'companies') await client.query(`${insertion(table, row)} on conflict do nothing`);
  }
}

/** A row for every table; `parents` are the rows that they hang on, where there are such already. */
function rowsFor({ tables, keys }: Catalog, companyId: string, canary: string, parents: Rows): Map<string, Row> {
  const made = new Map<string, Row>();
  const company = parents.get('companies');
  if (company !== undefined) made.set('companies', company);
  for (const table of parentsFirst([...tables.keys()], keys)) {
    const values: Row = { company_id: companyId, id: randomUUID() };
    for (const column of tables.get(table) ?? []) {
      const value = sampleOf(column, canary);
      if (value !== undefined) values[column.column] = value;
    }
    for (const key of keys.filter((k) => k.table === table)) {
      const parent = key.parent === table ? undefined : (parents.get(key.parent) ?? made.get(key.parent));
      key.columns.forEach((name, i) => {
        if (name === 'id' || name === 'company_id') return;
        values[name] = parent?.[key.parentColumns[i] as string] ?? null;
      });
    }
    // A row that is another's part has that one's id.
    for (const key of keys.filter((k) => k.table === table && k.columns.includes('id')))
      values.id = (parents.get(key.parent) ?? made.get(key.parent))?.id;
    made.set(table, Object.assign(values, SPECIAL[table]?.(canary)));
  }
  return made;
}

const insertions = (rows: Rows) =>
  [...rows]
    .filter(([table]) => table !== 'companies')
    .map(([table, row]) => insertion(table, row))
    .join('; ');

function insertion(table: string, row: Row): string {
  const names = Object.keys(row).map((name) => pg.escapeIdentifier(name));
  return `insert into ${table} (${names.join(', ')}) values (${Object.values(row).map(literal).join(', ')})`;
}

function literal(value: unknown): string {
  if (value === null) return 'null';
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  if (Array.isArray(value)) return `array[${value.map(literal).join(', ')}]::text[]`;
  return pg.escapeLiteral(String(value));
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
      return column === 'token_hash' ? hashOf(secretOf(canary)) : randomBytes(32);
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

const secretOf = (canary: string) => createHash('sha256').update(`secret of ${canary}`).digest();

/** The link or token whose hash a seeded row has: what only its holder knows. */
const tokenOf = (companyId: string, canary: string): string => writeToken(companyId, secretOf(canary));

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
