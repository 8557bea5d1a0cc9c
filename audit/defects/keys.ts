import type { Defect } from './defect.ts';

const again = (rest: string) =>
  `alter table deals drop constraint deals_company_id_contact_id_fkey;
  alter table deals add foreign key (company_id, contact_id) references contacts (company_id, id) ${rest}`;

export const keys: Defect[] = [
  {
    what: 'a plain foreign key',
    sql: `alter table contacts add unique (id);
      alter table deals add foreign key (contact_id) references contacts (id)`,
    red: [39, 41],
  },
  {
    what: "a foreign key that calls itself valid above another company's row",
    sql: `alter table activities drop constraint activities_company_id_contact_id_fkey;
      alter table activities disable trigger user;
      insert into activities (company_id, type, subject, owner_id, contact_id)
        select u.company_id, 'call', 'x', u.id, c.id from contacts c join users u on u.company_id <> c.company_id limit 1;
      alter table activities enable trigger user;
      set local role bulkhead_owner;
      alter table activities add foreign key (company_id, contact_id) references contacts (company_id, id);
      reset role`,
    red: [36],
  },
  { what: 'a foreign key that empties the company', sql: again('on delete set null'), red: [40, 61] },
  { what: 'a foreign key that empties its column', sql: again('on delete set null (contact_id)'), red: [61] },
  { what: 'a unique index over all companies', sql: 'create unique index everybody on contacts (id)', red: [41] },
  { what: 'a unique key over all companies', sql: 'alter table tags add unique (name)', red: [41] },
  {
    what: 'an exclusion over all companies',
    sql: 'alter table saved_views add exclude using btree (name with =)',
    red: [41],
  },
  {
    what: 'a constraint that was never checked',
    sql: `alter table contacts add check (length(title) < 5000) not valid`,
    red: [42],
  },
  { what: 'an audit trigger that sleeps', sql: 'alter table contacts disable trigger audit', red: [42] },
  { what: 'foreign keys that sleep', sql: 'alter table notes disable trigger all', red: [42] },
  {
    what: 'an index that broke off',
    sql: `set local allow_system_table_mods = on;
      update pg_index set indisvalid = false where indexrelid = 'public.contacts_email'::regclass`,
    red: [42],
  },
  { what: 'an index without the company', sql: 'create index everybody on contacts (title)', red: [43] },
  {
    what: 'a search index that nothing can use',
    sql: 'create index everybody on custom_field_definitions using gin (company_id, label gin_trgm_ops)',
    red: [44],
  },
  {
    what: 'a circle of foreign keys',
    sql: `alter table users add column favourite uuid;
      alter table users add constraint closing foreign key (company_id, favourite) references contacts (company_id, id)`,
    red: [62],
  },
  {
    what: 'a foreign key to a global table',
    sql: 'alter table sessions add foreign key (acting_admin_id) references login_identities (id)',
    red: [63],
  },
];
