import type { ClientBase } from 'pg';

/** What the migrations make of the parts of the database whose text decides who sees what; written by `npm run generate`. */
export interface AsMigrated {
  /** Signature to the digest of what the function does, and the roles besides its owner that may call it. */
  functions: Record<string, { digest: string; callers: string }>;
  /** Table to the condition of its visibility policy. */
  visibility: Record<string, string>;
}

/**
 * The functions of Bulkhead's schemas, each with its digest: body, arguments and their defaults, result, language, rights
 * and settings, which read alike on every supported version. app.uuid7() is the one that the version decides. That a
 * function is stable, parallel safe or leakproof are questions of rules 30, 31 and 33.
 */
export const FUNCTIONS = String.raw`
  select p.oid, format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as name,
    case when n.nspname = 'app' and p.proname = 'uuid7' then 'depends on the version'
      else encode(sha256(convert_to(concat_ws(E'\n', l.lanname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), p.prosecdef,
        p.proisstrict, (select string_agg(setting, ', ' order by setting) from unnest(p.proconfig) setting),
        btrim(p.prosrc, E' \t\r\n'), pg_get_function_sqlbody(p.oid)), 'UTF8')), 'hex') end as digest,
    coalesce((select string_agg(pg_get_userbyid(a.grantee), ', ' order by pg_get_userbyid(a.grantee) collate "C")
      from aclexplode(p.proacl) a where a.grantee not in (0, p.proowner)), '') as callers
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_language l on l.oid = p.prolang
  where n.nspname in ('app', 'gate', 'public') and p.prokind in ('f', 'p')
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`;

const VISIBILITY = `
  select format('%I.%I', n.nspname, c.relname) as name, pg_get_expr(p.polqual, c.oid) as condition
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
  where p.polname = 'visibility'`;

/** Reads it from a database that was just migrated. */
export async function readAsMigrated(client: ClientBase): Promise<AsMigrated> {
  // Names come out as the auditor reads them.
  await client.query('begin read only; set local search_path = pg_catalog');
  try {
    const functions = await client.query<{ name: string; digest: string; callers: string }>(
      `select name, digest, callers from (${FUNCTIONS}) f order by name collate "C"`,
    );
    const policies = await client.query<{ name: string; condition: string }>(
      `select * from (${VISIBILITY}) p order by name collate "C"`,
    );
    return {
      functions: Object.fromEntries(functions.rows.map(({ name, digest, callers }) => [name, { digest, callers }])),
      visibility: Object.fromEntries(policies.rows.map(({ name, condition }) => [name, condition])),
    };
  } finally {
    await client.query('rollback');
  }
}
