import type pg from 'pg';
import { grants, list, lower, type Right } from './text.ts';

interface Routine {
  oid: number;
  name: string;
  identity: string;
  sort: 'function' | 'procedure';
  args: string;
  returns: string | null;
  language: string;
  volatility: 'immutable' | 'stable' | 'volatile';
  parallel: boolean;
  strict: boolean;
  definer: boolean;
  leakproof: boolean;
  settings: string[] | null;
  body: string;
  owner: string;
  rights: Right[];
}

/** PostgreSQL 18 has what older ones must be taught, so that these bodies differ between them. */
const VERSIONED = new Set(['app.uuid7()']);

export async function describeFunctions(client: pg.ClientBase, schema: string): Promise<string[]> {
  const { rows } = await client.query<Routine>(
    `select p.oid::int, format('%I.%I', n.nspname, p.proname) as name,
      format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as identity,
      case p.prokind when 'p' then 'procedure' else 'function' end as sort,
      pg_get_function_arguments(p.oid) as args, pg_get_function_result(p.oid) as returns, l.lanname as language,
      case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
      p.proparallel = 's' as parallel, p.proisstrict as strict, p.prosecdef as definer, p.proleakproof as leakproof,
      p.proconfig as settings, p.prosrc as body, pg_get_userbyid(p.proowner) as owner,
      (select coalesce(json_agg(json_build_object('grantee', case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end,
          'privilege', a.privilege_type, 'column', null, 'grantable', a.is_grantable)), '[]')
       from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee <> p.proowner) as rights
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    join pg_language l on l.oid = p.prolang
    where n.nspname = $1 and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
    order by p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`,
    [schema],
  );
  return rows.map(describe);
}

function describe(routine: Routine): string {
  const { sort, name, identity, owner } = routine;
  const args = lower(routine.args);
  const traits = [
    `language ${routine.language}`,
    ...(sort === 'function' ? [routine.volatility] : []),
    ...(routine.parallel ? ['parallel safe'] : []),
    ...(routine.strict ? ['strict'] : []),
    ...(routine.leakproof ? ['leakproof'] : []),
    ...(routine.definer ? ['security definer'] : []),
  ];
  const body = VERSIONED.has(identity) ? ' /* depends on the version of PostgreSQL */ ' : routine.body;
  const quote = body.includes('$$') ? '$body$' : '$$';
  return [
    `create ${sort} ${name}(${args.length > 80 ? `\n  ${list(args.split(/, (?![^(]*\))/))}\n` : args})`,
    ...(routine.returns === null ? [] : [`returns ${lower(routine.returns)}`]),
    traits.join(' '),
    ...(routine.settings ?? []).map((setting) => `set ${setting.replace('=', ' = ')}`),
    `as ${quote}${body}${quote};`,
    `alter ${sort} ${identity} owner to ${owner};`,
    `revoke execute on ${sort} ${identity} from public;`,
    ...grants(routine.rights, `${sort} ${identity}`),
  ].join('\n');
}
