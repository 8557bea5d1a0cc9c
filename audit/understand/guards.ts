import type { Auditor, Finding, Look } from '../rule.ts';
import { type Binding, bindingOf } from './policy.ts';

interface Policy {
  table: string;
  name: string;
  tenant: string;
  type: string;
  permissive: boolean;
  /** As pg_policy has it: * all, r select, a insert, w update, d delete. */
  command: string;
  using: string | null;
  check: string | null;
  owners: string[];
  /** The roles that serve requests to which it applies; where none is known, whom it names. */
  roles: string[];
}

interface Judged extends Policy {
  reads: Binding;
  writes: Binding;
}

/** Which offence a policy of another database is: none asks for the tenant, one opens what another closes, or it lets be written what it does not let be read. */
export type Offence = 'open' | 'opens more' | 'writes more';

/**
 * Judges the policies that bind the roles which serve requests, by what they say of the tenant's column. Where a policy
 * looks the tenant up elsewhere, only a person can judge it, and the answer says so.
 */
export async function judgePolicies(auditor: Auditor, offence: Offence): Promise<Look> {
  const policies = (await readPolicies(auditor)).map(judge);
  if (policies.length === 0)
    return { findings: [], inapplicable: 'No policy applies to the roles that serve requests.' };
  const findings: Finding[] = [];
  for (const policy of policies) {
    if (!policy.permissive) continue;
    const others = policies.filter((other) => other !== policy && other.table === policy.table && meets(other, policy));
    const where = offends(policy, others, offence);
    if (where === undefined) continue;
    const { table, name } = policy;
    findings.push({ object: `${table}: ${name}`, message: `${says[offence]} ${where}`, mend: mendOf(auditor, policy) });
  }
  const unjudged = policies.filter(
    ({ permissive, reads, writes }) => permissive && (offence === 'writes more' ? writes : reads).binds === 'by lookup',
  );
  if (unjudged.length === 0 || offence === 'opens more') return { findings };
  const list = unjudged
    .slice(0, 5)
    .map(({ table, name }) => `${table}: ${name}`)
    .join(', ');
  return {
    findings,
    unchecked: `${unjudged.length} policies look the tenant up in other tables or ask for the user, and only a person can judge them: ${list}`,
  };
}

const says: Record<Offence, string> = {
  open: 'lets rows of any tenant through where',
  'opens more': 'is permissive too, and permissive policies add up: it lets rows of any tenant through where',
  'writes more': 'lets rows be written for any tenant where',
};

function offends(policy: Judged, others: Judged[], offence: Offence): string | undefined {
  const { reads, writes, command, check } = policy;
  // What a policy lets be done: read, changed and deleted by its condition; added and changed by its check.
  const floor = (of: 'reads' | 'writes') =>
    [...(of === 'reads' ? 'rwd' : 'aw')]
      .filter((kind) => applies(policy, kind))
      .every((kind) => others.some((other) => other[of].binds === 'yes' && isFloor(other, policy, kind)));
  if (offence === 'writes more') {
    if (!'*aw'.includes(command) || writes.binds !== 'no' || floor('writes')) return undefined;
    return command === 'a' || check !== null || reads.binds !== 'no' ? writes.where : undefined;
  }
  if (command === 'a' || reads.binds !== 'no' || floor('reads')) return undefined;
  const beside = others.some((other) => other.permissive && other.command !== 'a' && other.reads.binds !== 'no');
  return beside === (offence === 'opens more') ? reads.where : undefined;
}

/** Whether a restrictive policy binds every role whom another lets do something of that kind. */
const isFloor = (floor: Judged, { roles }: Judged, kind: string) =>
  !floor.permissive &&
  applies(floor, kind) &&
  (floor.roles.includes('public') || roles.every((role) => floor.roles.includes(role)));

const applies = ({ command }: Policy, kind: string) => command === '*' || command === kind;

const meets = (one: Policy, other: Policy) =>
  one.command === '*' || other.command === '*' || one.command === other.command;

function judge(policy: Policy): Judged {
  const { using, check, command, tenant, owners } = policy;
  const reads = bindingOf(using, tenant, owners);
  return { ...policy, reads, writes: bindingOf(check ?? (command === 'a' ? null : using), tenant, owners) };
}

function mendOf({ subject }: Auditor, policy: Policy): string {
  const { table, name, tenant, type, command } = policy;
  const context = subject.tenantFunction || `nullif(current_setting('app.${subject.tenantColumn}', true), '')::${type}`;
  const bound = `"${tenant}" = ${context}`;
  // What else it asks for stays.
  const also = (given: string | null) =>
    given === null || /^true$/i.test(given) ? `(${bound})` : `((${given}) and ${bound})`;
  const using = command === 'a' ? '' : ` using ${also(policy.using)}`;
  const check = '*aw'.includes(command) ? ` with check ${also(policy.check ?? policy.using)}` : '';
  return `alter policy "${name}" on ${table}${using}${check}`;
}

const readPolicies = ({ facts, subject }: Auditor): Promise<Policy[]> =>
  facts<Policy>(`
    select g.name as table, p.polname as name, g.tenant_name as tenant, g.tenant_sql as type, p.polpermissive as permissive,
      p.polcmd as command, pg_get_expr(p.polqual, g.oid) as using, pg_get_expr(p.polwithcheck, g.oid) as check,
      array(select jsonb_array_elements_text(s -> 'ownerColumns' -> replace(g.name, '"', ''))) as owners,
      array(select distinct r.rolname::text from app_roles r, unnest(p.polroles) role where role = 0 or pg_has_role(r.oid, role, 'member') order by 1)
        || array(select case role when 0 then 'public' else pg_get_userbyid(role)::text end from unnest(p.polroles) role
          where ${subject.appRoles.length === 0 ? 'true' : 'role = 0 and not exists (select from app_roles)'}) as roles
    from guarded g
    cross join subject
    join pg_policy p on p.polrelid = g.oid
    where g.relrowsecurity
      and (0 = any (p.polroles) ${subject.appRoles.length === 0 ? 'or true' : ''}
        or exists (select from app_roles r, unnest(p.polroles) role where role <> 0 and pg_has_role(r.oid, role, 'member')))
    order by 1, 2`);
