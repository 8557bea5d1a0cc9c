import type { Client } from 'pg';
import type { Plan } from '../plan.ts';
import { type Check, one } from './check.ts';

/** Whether the plan's steps are done, and the catalog says what they were to bring about. */
export async function catalog(client: Client, { decisions, steps }: Plan): Promise<Check[]> {
  const names = Object.keys(decisions.tables).filter((name) => decisions.tables[name]!.class === 'tenant');
  const open = await one<{
    steps: string[];
    quarantined: number;
    keys: string[];
    indexes: string[];
    nullable: string[];
    unforced: string[];
    movable: string[];
  }>(
    client,
    `select
      (select coalesce(json_agg(s), '[]') from unnest($1::text[]) s where not exists (select from bulkhead_adopt.steps d where d.name = s and d.state = 'done')) as steps,
      (select count(*)::int from bulkhead_adopt.quarantine where resolved_at is null) as quarantined,
      (select coalesce(json_agg(conname), '[]') from pg_constraint where not convalidated and conparentid = 0 and conrelid = any ($2::regclass[])) as keys,
      (select coalesce(json_agg(indexrelid::regclass), '[]') from pg_index where not (indisvalid and indisready) and indrelid = any ($2::regclass[])) as indexes,
      (select coalesce(json_agg(attrelid::regclass), '[]') from pg_attribute where attname = $3 and not attnotnull and attrelid = any ($2::regclass[])) as nullable,
      (select coalesce(json_agg(oid::regclass), '[]') from pg_class where not (relrowsecurity and relforcerowsecurity) and oid = any ($4::regclass[])) as unforced,
      (select coalesce(json_agg(t), '[]') from unnest($2::regclass[]) t join pg_roles r on r.rolname = $5
        where has_column_privilege(r.oid, t, $3, 'UPDATE') or has_table_privilege(r.oid, t, 'TRUNCATE')) as movable`,
    [
      steps.map(({ name }) => name),
      names,
      decisions.tenant.column,
      [...names, decisions.tenant.table],
      decisions.app_role,
    ],
  );
  return [
    none('every step is done', open.steps),
    { name: 'the quarantine is empty', ok: open.quarantined === 0, detail: `${open.quarantined} rows` },
    none('foreign keys and checks are valid', open.keys),
    none('indexes are whole', open.indexes),
    none('the tenant is required', open.nullable),
    none('row-level security is enabled and forced', open.unforced),
    {
      name: `${decisions.app_role} may neither give a row to another tenant nor empty a table`,
      ok: open.movable.length === 0,
      // Not by a right of its own, of everybody, or of a role that it is a member of.
      detail: open.movable.length === 0 ? 'all' : `it may in ${open.movable.join(', ')}`,
    },
  ];
}

const none = (name: string, list: readonly string[]): Check => ({
  name,
  ok: list.length === 0,
  detail: list.length === 0 ? 'all' : `not ${list.slice(0, 10).join(', ')}${list.length > 10 ? ' ...' : ''}`,
});
