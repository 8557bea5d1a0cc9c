import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 42,
  name: 'not-valid',
  severity: 'high',
  part: 'keys',
  title: 'Constraints are valid, triggers fire, indexes are whole',
  sql: `
    select format('%s: %s', t.name, k.conname) as object, 'was never checked against the rows that were there' as message,
      case when to_jsonb(k) ->> 'conenforced' = 'false' then format('alter table %1$s alter constraint %2$I enforced', t.name, k.conname)
        else format('alter table %s validate constraint %I', t.name, k.conname) end as mend
    from pg_constraint k join tables t on t.oid = k.conrelid
    -- Before PostgreSQL 18 what a key has for each partition that it points at is never said to be valid.
    where not k.convalidated and k.conparentid = 0
    union all
    select format('%s: %s', t.name, coalesce(k.conname, g.tgname)),
      case when k.oid is null then 'the trigger is switched off' else 'the constraint''s trigger is switched off' end,
      format('alter table %s enable trigger %s', t.name, case when g.tgisinternal then 'all' else quote_ident(g.tgname) end)
    from pg_trigger g
    join tables t on t.oid = g.tgrelid
    left join pg_constraint k on k.oid = g.tgconstraint
    where g.tgenabled in ('D', 'R')
    union all
    select format('%s: %s', t.name, c.relname), 'the index is not whole, and guards nothing', format('reindex index %I.%I', n.nspname, c.relname)
    from pg_index i
    join tables t on t.oid = i.indrelid
    join pg_class c on c.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace
    where not (i.indisvalid and i.indisready)`,
});
