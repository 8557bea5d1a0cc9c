import { FUNCTIONS } from '../../as-migrated.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 78,
  name: 'as-migrated',
  severity: 'critical',
  part: 'schema',
  title: 'Each function of the gate and of policies says what its migration says, and may be called by whom it lets',
  houseOnly: "Only of Bulkhead's functions the text is known; rule 19 has anybody's definer functions reviewed.",
  sql: `
    select f.name as object, case when wanted.value is null then 'is made by no migration' else 'says something else than its migration' end as message,
      case when wanted.value is null then format('drop routine %s', f.name)
        else '-- create or replace it as db/schema.sql has it; where it was to change: a migration, then npm run generate' end as mend
    from subject
    cross join (${FUNCTIONS}) f
    left join lateral (select s -> 'asMigrated' -> 'functions' -> f.name as value) wanted on true
    where s ? 'asMigrated' and (wanted.value is null and not (select p.prosecdef from pg_proc p where p.oid = f.oid)
      or wanted.value ->> 'digest' <> f.digest)
    union all
    select f.name, format('may be called by %s%s', pg_get_userbyid(a.grantee), case when a.is_grantable then ', who may hand that on' else '' end),
      format('revoke %sexecute on routine %s from %I cascade', case when called then 'grant option for ' else '' end, f.name, pg_get_userbyid(a.grantee))
    from subject
    cross join (${FUNCTIONS}) f
    join pg_proc p on p.oid = f.oid
    cross join lateral aclexplode(p.proacl) a
    cross join lateral (
      select pg_get_userbyid(a.grantee)::text = any (string_to_array(s -> 'asMigrated' -> 'functions' -> f.name ->> 'callers', ', ')) as called
    ) wanted
    -- What PUBLIC may call is rule 16's.
    where s -> 'asMigrated' -> 'functions' ? f.name and a.grantee not in (0, p.proowner) and (not called or a.is_grantable)`,
});
