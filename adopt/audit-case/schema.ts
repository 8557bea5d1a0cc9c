import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/platform/project-root.ts';

export interface Field {
  table: string;
  column: string;
  type: string;
  required: boolean;
  unique: boolean;
  /** `table.column`, or nothing. */
  references: string;
}

/** What the audited CRM's models declared, one column a line. */
export function declaredFields(): Field[] {
  const [, ...lines] = readFileSync(join(projectRoot, 'adopt/audit-case/fields.tsv'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [table = '', column = '', type = '', required, unique, references = ''] = line.split('\t');
    return { table, column, type, required: required === 'required', unique: unique === 'unique', references };
  });
}

/** Where the database and the models did not agree. */
const onlyInDatabase = ['call_transcripts', 'inbox', 'pipeline_stages'];
const onlyInModels = ['document_signatures', 'performance_alerts'];
/** A table of the declared 45 that had no model of its own. */
const withoutModel = 'roles';

/** The columns as the database had them: 45 tables, without what every one has, and without the tooling's two. */
export function databaseFields(): Field[] {
  const declared = declaredFields().filter(
    ({ table, column }) => !(column === 'company_id' && onlyInModels.includes(table)),
  );
  const company = { column: 'company_id', type: 'uuid', required: false, unique: false, references: 'companies.id' };
  return [
    ...declared.map((field) => (field.column === 'company_id' ? { ...field, required: false, unique: false } : field)),
    ...onlyInDatabase.map((table) => ({ table, ...company })),
  ];
}

/** Model to whether it declared the company: what the audit compared the database with. */
export function models(): Map<string, boolean> {
  const declared = new Map<string, boolean>();
  for (const { table, column } of declaredFields()) {
    if (table === withoutModel) continue;
    // The audit found that PerformanceAlert lacked it, though its API's fields have it.
    declared.set(table, (declared.get(table) ?? false) || (column === 'company_id' && table !== 'performance_alerts'));
  }
  return declared;
}

const everyTable = [
  ['id', 'uuid primary key default gen_random_uuid()'],
  ['created_at', `timestamp not null default '2025-01-01'`],
  ['updated_at', `timestamp not null default '2025-01-01'`],
  ['is_active', 'boolean not null default true'],
  ['is_deleted', 'boolean not null default false'],
] as const;

const sqlType = ({ table, column, type }: Field): string => {
  if (type.startsWith('enum(')) return `${table}_${column}`;
  return type === 'double' ? 'double precision' : type;
};

/** The "before" database's statements: 47 tables, of which 27 carry company_id, with 28 foreign keys and 29 indexes on it. */
export function beforeSchema(): string {
  const fields = databaseFields();
  const tables = [...new Set(fields.map(({ table }) => table))];
  const statements: string[] = [];
  for (const field of fields) {
    const values = /^enum\((.*)\)$/.exec(field.type)?.[1]?.split('|');
    if (values)
      statements.push(`create type ${sqlType(field)} as enum (${values.map((value) => `'${value}'`).join(', ')})`);
  }
  for (const table of tables) {
    const columns = fields
      .filter((field) => field.table === table)
      .map(
        (field) =>
          `  "${field.column}" ${sqlType(field)}${field.required ? ' not null' : ''}${field.unique ? ' unique' : ''}`,
      );
    const has = (name: string) => fields.some((field) => field.table === table && field.column === name);
    const usual = everyTable.filter(([name]) => !has(name)).map(([name, type]) => `  ${name} ${type}`);
    statements.push(`create table ${table} (\n${[...usual, ...columns].join(',\n')}\n)`);
  }
  for (const { table, column, references } of fields) {
    if (references === '') continue;
    const cascade = column === 'company_id' ? ' on delete cascade' : '';
    statements.push(
      `alter table ${table} add foreign key (${column}) references ${references.replace('.', ' (')})${cascade}`,
    );
    statements.push(`create index ix_${table}_${column} on ${table} (${column})`);
  }
  return [
    ...statements,
    // A migration that was run twice left these; the other is the rule of one setting for each company.
    'alter table users add constraint users_company_id_fkey_again foreign key (company_id) references companies (id) on delete cascade',
    'create index idx_users_company on users (company_id)',
    'create unique index uq_twilio_settings_company on twilio_settings (company_id)',
    `create table alembic_version (version_num varchar(32) primary key)`,
    `insert into alembic_version values ('20251001_companies')`,
    'create table celery_taskmeta (id serial primary key, task_id varchar(155) unique, status varchar(50), result bytea)',
    '',
  ].join(';\n');
}
