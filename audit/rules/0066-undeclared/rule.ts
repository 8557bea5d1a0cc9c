import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 66,
  name: 'undeclared',
  severity: 'critical',
  part: 'schema',
  title: 'The tables that features declare are the tables that there are',
  houseOnly: "Only Bulkhead's features declare their tables; rule 1 looks for tables without a tenant.",
  sql: `
    select t.name as object, case when t.kind = 'undeclared' then 'no feature declares it'
        when t.kind = 'company' then 'is declared company-owned, but has no company column' else 'is declared global, but has a row of a company in its key' end as message,
      format('-- features/<noun>/tables.ts: companyTables(%L) or globalTable(%L, reason)', t.relname, t.relname) as mend
    from tables t, subject
    where s ? 'tables' and t.kind = 'undeclared'
    union all
    select format('%I', declared.key), 'is declared, but not there', '-- take it out of its tables.ts, or add the migration'
    from subject, jsonb_each_text(coalesce(s -> 'tables', '{}')) declared
    where not exists (select from tables t where t.relname = declared.key)`,
});
