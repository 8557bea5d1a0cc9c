import { defineRule, type Finding } from '../../rule.ts';

export default defineRule({
  number: 21,
  name: 'param-acl',
  severity: 'critical',
  part: 'schema',
  title: 'Requests may change no protected setting of the server',
  check: async ({ major, facts }) =>
    major < 15
      ? { findings: [], inapplicable: 'Before PostgreSQL 15 only superusers may change protected settings.' }
      : facts<Finding>(sql),
});

const sql = `
  select parname as object, format('%s may %s it', case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end, lower(a.privilege_type)) as message,
    format('revoke %s on parameter %I from %s', a.privilege_type, parname,
      case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end) as mend
  from pg_parameter_acl p, aclexplode(p.paracl) a
  where a.grantee = 0 or exists (select from app_roles r where pg_has_role(r.oid, a.grantee, 'member'))`;
