import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 69,
  name: 'context-function',
  severity: 'critical',
  part: 'schema',
  title: 'The company function reads the context and nothing else',
  houseOnly: "Only of Bulkhead's function the text is known; rule 57 tries what any function lets through.",
  sql: String.raw`
    select r.name as object, case when regexp_replace(trim(r.prosrc), '\s+', ' ', 'g') <> s ->> 'tenantFunctionBody' then format('says %s', trim(r.prosrc))
        else 'is not a plain SQL function of its caller' end as message,
      format('create or replace function %s returns uuid language sql stable parallel safe security invoker as %L', r.name, s ->> 'tenantFunctionBody') as mend
    from routines r, subject
    where r.name = tenant_function and s ? 'tenantFunctionBody'
      and (regexp_replace(trim(r.prosrc), '\s+', ' ', 'g') <> s ->> 'tenantFunctionBody' or r.lanname <> 'sql')
    union all
    select tenant_function, 'is not there', format('create function %s returns uuid language sql stable parallel safe as %L', tenant_function, s ->> 'tenantFunctionBody')
    from subject where s ? 'tenantFunctionBody' and not exists (select from routines r where r.name = tenant_function)`,
});
