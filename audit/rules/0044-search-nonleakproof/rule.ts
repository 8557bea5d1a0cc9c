import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 44,
  name: 'search-nonleakproof',
  severity: 'medium',
  part: 'keys',
  title: 'Search indexes are reached through gate functions',
  sql: String.raw`
    select format('%s: %s', o.name, c.relname) as object, 'its operators are not leakproof, so that it goes unused below the policies' as message,
      format('drop index %I.%I -- or write a gate function that uses it', n.nspname, c.relname) as mend
    from pg_index i
    join owned o on o.oid = i.indrelid
    cross join subject
    join pg_class c on c.oid = i.indexrelid
    join pg_namespace n on n.oid = c.relnamespace
    join pg_am am on am.oid = c.relam
    where am.amname in ('gin', 'gist', 'brin', 'hash', 'spgist') and not i.indisexclusion
      and (house or (o.relrowsecurity and am.amname in ('gin', 'gist', 'spgist')))
      and not exists (select from routines r where r.prosecdef and r.prosrc ~ ('\m' || o.relname || '\M'))`,
});
