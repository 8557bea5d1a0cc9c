import pg from 'pg';
import { describeFunctions } from './functions.ts';
import { describeTables } from './tables.ts';
import { lower } from './text.ts';

const HEAD = `-- The whole database as the migrations make it: written by \`npm run generate\`, for reading and for reviewing changes.
-- Never edit it, and never load it: migrations are what runs.`;

/** The schema of the live database as readable SQL; the same text from every supported version of PostgreSQL. */
export async function describeSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin read only; set local search_path = public');
    const lines = async (sql: string) => (await client.query<{ line: string }>(sql)).rows.map(({ line }) => line);
    const parts = [
      HEAD,
      '-- Roles',
      (await lines(ROLES)).join('\n'),
      '-- Extensions and schemas',
      [...(await lines(EXTENSIONS)), ...(await lines(SCHEMAS)), ...(await lines(DEFAULT_RIGHTS))].join('\n'),
      '-- app: what policies and defaults are made of',
      ...(await describeFunctions(client, 'app')),
      '-- Tables',
      ...(await describeTables(client)),
      ...(await describeFunctions(client, 'public')),
      '-- gate: the listed SECURITY DEFINER functions',
      ...(await describeFunctions(client, 'gate')),
      '-- Guards',
      [...(await lines(EVENT_TRIGGERS)), ...(await lines(REVOKED))].map(lower).join('\n'),
    ];
    return `${parts.join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}

const ROLES = `
  select concat_ws(' ', 'create role', rolname, case when rolcanlogin then 'login' else 'nologin' end,
    case when rolsuper then 'superuser' else 'nosuperuser' end, case when rolbypassrls then 'bypassrls' else 'nobypassrls' end,
    case when rolinherit then 'inherit' else 'noinherit' end, case when rolcreaterole then 'createrole' else 'nocreaterole' end,
    case when rolcreatedb then 'createdb' else 'nocreatedb' end, case when rolreplication then 'replication' else 'noreplication' end) || ';' as line
  from pg_roles where rolname ~ '^bulkhead_(app|auditor|gate|jobs|owner)$'
  order by rolname`;

const EXTENSIONS = `
  select format('create extension %I;', extname) as line from pg_extension where extname <> 'plpgsql' order by extname`;

const SCHEMAS = `
  select line from (
    select nspname, 0 as n, format('create schema %I%s;', nspname,
      case when nspname = 'public' then '' else ' authorization ' || pg_get_userbyid(nspowner) end) as line
    from pg_namespace where nspname in ('app', 'gate', 'public')
    union all
    select nspname, 1, format('grant %s on schema %I to %s;', string_agg(lower(privilege_type), ', ' order by privilege_type), nspname, grantee)
    from (
      select n.nspname, a.privilege_type, case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end as grantee
      from pg_namespace n, aclexplode(n.nspacl) a where n.nspname in ('app', 'gate', 'public') and a.grantee <> n.nspowner
    ) held
    group by nspname, grantee
  ) lines
  order by nspname, n, line`;

const DEFAULT_RIGHTS = `
  select format('alter default privileges for role %s%s grant %s on %s to %s;', pg_get_userbyid(defaclrole),
    case when defaclnamespace = 0 then '' else ' in schema ' || defaclnamespace::regnamespace end,
    string_agg(lower(privilege_type), ', ' order by privilege_type), objects, grantee) as line
  from (
    select d.*, a.privilege_type, case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end as grantee,
      case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types' else 'schemas' end as objects
    from pg_default_acl d, aclexplode(d.defaclacl) a
    where d.defaclnamespace = 0 or d.defaclnamespace in ('app'::regnamespace, 'gate'::regnamespace, 'public'::regnamespace)
  ) held
  group by defaclrole, defaclnamespace, objects, grantee
  order by line`;

const EVENT_TRIGGERS = `
  select format('create event trigger %I on %s when tag in (%s) execute function %s();%s', evtname, evtevent,
    (select string_agg(quote_literal(tag), ', ') from unnest(evttags) tag), evtfoid::regproc,
    case evtenabled when 'A' then format(' alter event trigger %I enable always;', evtname) when 'O' then '' else ' -- disabled' end) as line
  from pg_event_trigger order by evtname`;

const REVOKED = `
  select format('revoke execute on function %s from public;', p.oid::regprocedure) as line
  from pg_proc p left join pg_init_privs i on i.objoid = p.oid and i.classoid = 'pg_proc'::regclass
  where p.pronamespace = 'pg_catalog'::regnamespace and p.proacl is not null and p.proacl is distinct from i.initprivs
  order by line`;
