import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 11,
  name: 'rls-guard-trigger',
  severity: 'medium',
  part: 'schema',
  title: 'An event trigger keeps row-level security from being switched off by hand',
  houseOnly: 'Bulkhead guards its policies against its own migrations; other databases may do so elsewhere.',
  sql: `
    select wanted.name as object, 'is missing or disabled: a policy can be dropped without a word' as message, wanted.mend
    from (values
      ('guard_isolation', 'ddl_command_end', 'ALTER TABLE', 'drop event trigger if exists guard_isolation; create event trigger guard_isolation on ddl_command_end when tag in (''ALTER TABLE'', ''CREATE POLICY'', ''ALTER POLICY'') execute function app.guard_isolation(); alter event trigger guard_isolation enable always'),
      ('guard_policies', 'sql_drop', 'DROP POLICY', 'drop event trigger if exists guard_policies; create event trigger guard_policies on sql_drop when tag in (''DROP POLICY'') execute function app.guard_isolation(); alter event trigger guard_policies enable always')
    ) wanted (name, event, tag, mend)
    where not exists (
      select from pg_event_trigger e
      where e.evtevent = wanted.event and e.evtenabled in ('O', 'A') and (e.evttags is null or wanted.tag = any (e.evttags)))`,
});
