import { asOwner, type Defect } from './defect.ts';

const cid = (body: string) =>
  asOwner(
    `create or replace function app.cid() returns uuid language sql stable parallel safe as $$ select ${body} $$`,
  );
const reset = "nullif(current_setting('app.company_id', true), '')";

/** What only a look at the rows, or an attempt as the app's role, finds. */
export const engine: Defect[] = [
  {
    what: 'an id of another company inside JSON',
    sql: `update contacts c set custom_fields = jsonb_build_object('friend', (select o.id from contacts o where o.company_id <> c.company_id limit 1))
      where id = (select id from contacts limit 1)`,
    red: [37],
    byPerson: true,
  },
  {
    what: "another company's own text in a row",
    sql: `update contacts set last_name = 'canary of a' where id = (select id from contacts limit 1)`,
    red: [38],
    promise: { canaries: { '00000000-0000-7000-8000-00000000000a': ['canary of a'] } },
    byPerson: true,
  },
  {
    what: 'policies that open where no company is set',
    sql: `alter policy tenant on pipelines using (company_id = app.cid() or app.cid() is null) with check (company_id = app.cid() or app.cid() is null);
      alter policy tenant_floor on pipelines using (company_id = app.cid() or app.cid() is null) with check (company_id = app.cid() or app.cid() is null)`,
    red: [26, 57],
    byPerson: true,
  },
  {
    what: 'a company that is remembered',
    sql: cid(`coalesce(${reset}, nullif(current_setting('app.last', true), ''))::uuid`),
    promise: { context: `select set_config('app.company_id', $1, true), set_config('app.last', $1, false)` },
    red: [58, 69],
    byPerson: true,
  },
  {
    what: 'a lookup that lets every company through',
    sql: `alter policy tenant on users using (company_id in (select id from companies) or app.cid() is not null);
      alter policy tenant_floor on users using (app.cid() is not null) with check (company_id = app.cid())`,
    red: [26, 28, 71],
    byPerson: true,
  },
  { what: "an app that sees all sessions' statements", sql: 'grant pg_read_all_stats to bulkhead_app', red: [13, 59] },
  { what: 'statistics that the app reads', sql: 'grant select on pg_statistic to bulkhead_app', red: [59] },
];
