import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 9,
  name: 'rule-rewrite',
  severity: 'high',
  part: 'schema',
  title: 'No rewrite rule changes what a statement does',
  sql: `
    select format('%s.%I', t.name, r.rulename) as object, 'rewrites statements on the table' as message,
      format('drop rule %I on %s', r.rulename, t.name) as mend
    from pg_rewrite r join tables t on t.oid = r.ev_class
    where r.rulename <> '_RETURN'`,
});
