import { defineOffences } from '../../mutation/offence.ts';

const again = (rest: string) =>
  `alter table deals drop constraint deals_company_id_contact_id_fkey;
  alter table deals add foreign key (company_id, contact_id) references contacts (company_id, id) ${rest}`;

export default defineOffences([
  { what: 'a foreign key that empties the company', sql: again('on delete set null'), also: [61] },
]);
