import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { databaseFields, type Field } from './schema.ts';

type Value = string | number | boolean | null;
type Row = Record<string, Value>;

/** Rows of each company as the audit counted them, nadan's first; the third number has none. */
const counts: Record<string, [nadan: number, sunstone: number, none?: number]> = {
  users: [5, 8],
  contacts: [26, 13],
  pipelines: [1, 1],
  pipeline_stages: [18, 19],
  deals: [4, 96],
  files: [20, 32],
  quotes: [3, 21],
  workflows: [31, 0],
  workflow_executions: [48, 0],
  sms_templates: [1, 1],
  sms_messages: [2, 0],
  calls: [1, 0],
  twilio_settings: [1, 1, 1],
  phone_numbers: [2, 1, 1],
  // What the audit did not count, so that the tables without a company have rows to derive one for.
  sessions: [4, 6],
  audit_logs: [12, 9],
  security_logs: [3, 3],
  pipeline_metrics: [2, 2],
  activity_metrics: [3, 2],
  contact_metrics: [2, 1],
  revenue_metrics: [1, 1],
  call_metrics: [1, 0],
  performance_alerts: [2, 1],
  number_performance_stats: [2, 1],
};

const companyNames = ['nadan', 'Sunstone'];

/** Fills the "before" database. The same rows each time, ids included. */
export async function fillBefore(client: Client): Promise<void> {
  const fields = databaseFields();
  const made = new Map<string, Row[]>();
  const insert = async (table: string, company: number, n: number, given: Row = {}) => {
    const row: Row = { id: idOf(`${table} ${company} ${n}`), ...given };
    for (const field of fields.filter((each) => each.table === table)) {
      if (field.column in row) continue;
      if (field.references !== '') row[field.column] = pointer(field, company, n, made);
      else if (field.required || field.unique) row[field.column] = sampleOf(field, company, n);
    }
    const columns = Object.keys(row);
    await client.query(
      `insert into ${table} (${columns.map((c) => `"${c}"`).join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    );
    // Nothing points at the rows without a company.
    if (row.company_id !== null) made.set(`${table} ${company}`, [...(made.get(`${table} ${company}`) ?? []), row]);
  };
  for (const [company, name] of companyNames.entries())
    await insert('companies', company, 0, { name, created_by: null });
  for (const [table, [nadan, sunstone, none = 0]] of Object.entries(counts)) {
    for (const [company, count] of [nadan, sunstone].entries()) {
      for (let n = 0; n < count; n += 1)
        await insert(table, company, n, table === 'users' ? { team_id: null, manager_id: null } : {});
    }
    // Made by a user of nadan before there were companies.
    for (let n = 0; n < none; n += 1) await insert(table, 0, 1000 + n, { company_id: null });
  }
  await client.query('insert into roles (id, name) values ($1, $2), ($3, $4)', [
    idOf('admin'),
    'admin',
    idOf('rep'),
    'rep',
  ]);
}

/** A row of the same company where there is one; every third optional pointer is left empty. */
function pointer({ references, required }: Field, company: number, n: number, made: Map<string, Row[]>): Value {
  const targets = made.get(`${references.split('.')[0]} ${company}`) ?? [];
  if (references === 'companies.id') return targets[0]!.id!;
  return targets.length === 0 ||
    (!required && n % 3 === 2 && references !== 'users.id' && references !== 'pipelines.id')
    ? null
    : targets[n % targets.length]!.id!;
}

function sampleOf({ table, column, type }: Field, company: number, n: number): Value {
  const size = /^varchar\((\d+)\)$/.exec(type)?.[1];
  const text = `${column} ${company}-${n}`;
  if (column === 'email') return `user${n}@${companyNames[company]!.toLowerCase()}.example`;
  if (type.startsWith('enum(')) return type.slice(5, -1).split('|')[n % 2]!;
  if (size !== undefined) return (Number(size) < text.length ? `${company}${n}` : text).slice(0, Number(size));
  const simple: Record<string, Value> = {
    text,
    boolean: false,
    timestamp: '2025-03-01 10:00:00',
    date: '2025-03-01',
    jsonb: '{}',
    uuid: idOf(`${table} ${text}`),
    inet: '192.0.2.1',
  };
  return simple[type] ?? (type === 'text[]' ? '{}' : n);
}

const idOf = (of: string): string =>
  createHash('md5')
    .update(of)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
