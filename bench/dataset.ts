import type pg from 'pg';

/** Sizes of the data that the benchmarks run on. Ids are made of decimal digits, so that pgbench can compute them too. */
export const sizes = { companies: 50, contacts: 4000, deals: 1000, stages: 6 } as const;

const PREFIX = '00000000-0000-7000-8000-';
export const id = {
  company: (c: number) => `${PREFIX}${100_000_000_000 + c}`,
  user: (c: number) => `${PREFIX}${200_000_000_000 + c}`,
  session: (c: number) => `${PREFIX}${300_000_000_000 + c}`,
  pipeline: (c: number) => `${PREFIX}${400_000_000_000 + c}`,
  stage: (c: number, n: number) => `${PREFIX}${500_000_000_000 + c * 10 + n}`,
  contact: (c: number, n: number) => `${PREFIX}${600_000_000_000 + c * 1_000_000 + n}`,
  deal: (c: number, n: number) => `${PREFIX}${700_000_000_000 + c * 1_000_000 + n}`,
};

const uuid = (base: number, expression: string) => `('${PREFIX}' || (${base} + ${expression}))::uuid`;

/** Fills a migrated database: companies with a logged-in admin, a pipeline, contacts and deals each. */
export async function fill(
  client: pg.Client,
  { companies, contacts, deals, first = 0 }: { companies: number; contacts: number; deals: number; first?: number },
): Promise<void> {
  const c = `generate_series(${first}::bigint, ${first + companies - 1}) c`;
  const company = uuid(100_000_000_000, 'c');
  const user = uuid(200_000_000_000, 'c');
  const pipeline = uuid(400_000_000_000, 'c');
  // Triggers and foreign keys are off while filling: the rows are right by construction.
  await client.query(`set session_replication_role = replica`);
  for (const sql of [
    `insert into companies (id, name) select ${company}, 'Company ' || c from ${c}`,
    `insert into users (company_id, id, email, user_role, first_name, last_name)
     select ${company}, ${user}, 'admin' || c || '@example.com', 'company_admin', 'Admin', 'No ' || c from ${c}`,
    `insert into sessions (company_id, id, user_id, expires_at)
     select ${company}, ${uuid(300_000_000_000, 'c')}, ${user}, now() + interval '30 days' from ${c}`,
    `insert into pipelines (company_id, id, name, is_default) select ${company}, ${pipeline}, 'Sales', true from ${c}`,
    `insert into pipeline_stages (company_id, id, pipeline_id, name, order_index, probability)
     select ${company}, ${uuid(500_000_000_000, 'c * 10 + s')}, ${pipeline}, 'Stage ' || s, s, s * 15
     from ${c}, generate_series(0, ${sizes.stages - 1}) s`,
    `insert into contacts (company_id, id, first_name, last_name, email, phone, company, title, city, country, status, owner_id, tags, created_at)
     select ${company}, ${uuid(600_000_000_000, 'c * 1000000 + n')},
       (array['Grace','Alan','Ada','Edsger','Barbara','Donald','Margaret','Dennis'])[1 + n % 8],
       (array['Hopper','Turing','Lovelace','Dijkstra','Liskov','Knuth','Hamilton','Ritchie'])[1 + n / 8 % 8] || ' ' || md5(n::text),
       'contact' || n || '@company' || c || '.example', '+1 555 ' || lpad(n::text, 7, '0'),
       'Firm ' || n % 500, 'Head of Things', 'Springfield', 'US',
       (array['NEW','LEAD','PROSPECT','CUSTOMER'])[1 + n % 4], ${user}, array['tag' || n % 5],
       now() - make_interval(mins => n)
     from ${c}, generate_series(0, ${contacts - 1}) n`,
    `insert into deals (company_id, id, title, value, pipeline_id, stage_id, owner_id, contact_id, probability, created_at, stage_entered_at)
     select ${company}, ${uuid(700_000_000_000, 'c * 1000000 + n')}, 'Deal ' || n, n * 10, ${pipeline},
       ${uuid(500_000_000_000, `c * 10 + n % ${sizes.stages}`)}, ${user},
       ${uuid(600_000_000_000, `c * 1000000 + n % ${contacts}`)}, 50, now() - make_interval(mins => n), now() - make_interval(mins => n)
     from ${c}, generate_series(0, ${deals - 1}) n`,
  ]) {
    await client.query(sql);
  }
  await client.query(`set session_replication_role = origin`);
}
