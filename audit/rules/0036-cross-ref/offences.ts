import { defineOffences } from '../../mutation/offence.ts';

export default defineOffences([
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
  },
]);
