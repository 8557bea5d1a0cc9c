import { defineRule, type Finding } from '../../rule.ts';

export default defineRule({
  number: 24,
  name: 'publication',
  severity: 'high',
  part: 'schema',
  title: "No publication carries companies' rows away",
  // Publications of schemas, and of some of a table's rows, came with PostgreSQL 15.
  check: ({ major, facts }) =>
    facts<Finding>(`
    select format('publication %I', p.pubname) as object, case when p.puballtables then 'sends all tables, and policies do not bind it'
        else format('sends %s whole, and policies do not bind it', coalesce((select string_agg(o.name, ', ') from owned o join pg_publication_rel r on r.prrelid = o.oid where r.prpubid = p.oid), 'a schema')) end as message,
      format('drop publication %I', p.pubname) as mend
    from pg_publication p
    where p.puballtables
      or exists (select from pg_publication_rel r join owned o on o.oid = r.prrelid where r.prpubid = p.oid and coalesce(to_jsonb(r) -> 'prqual', 'null') = 'null')
      ${major < 15 ? '' : 'or exists (select from pg_publication_namespace n join schemas on schemas.oid = n.pnnspid where n.pnpubid = p.oid)'}`),
});
