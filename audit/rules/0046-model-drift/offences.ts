import { OneOf } from '../../../contracts/atoms.ts';
import { closed, company, onlyRoutes } from '../../mutation/leaky.ts';
import { asOwner, defineOffences, instead } from '../../mutation/offence.ts';

const words = (list: string) => `alter table contacts drop constraint contacts_status_check;
  alter table contacts add constraint contacts_status_check check (status in (${list}))`;

export default defineOffences([
  { what: 'a column that its model lacks', sql: 'alter table contacts add column nickname text', byPerson: true },
  {
    what: 'a model with a column that was dropped',
    sql: 'alter table contacts drop column department',
    byPerson: true,
  },
  {
    what: 'a column that is never null any more',
    sql: 'alter table activities alter column location set not null',
    byPerson: true,
  },
  {
    what: 'a column that may be null now',
    sql: 'alter table contacts alter column status drop not null',
    byPerson: true,
  },
  {
    what: 'a number that became money',
    sql: 'alter table contacts alter column lead_score type numeric',
    byPerson: true,
  },
  {
    what: 'a word that the database has and the model does not',
    sql: words(`'NEW', 'LEAD', 'PROSPECT', 'CONTACTED', 'QUALIFIED', 'UNQUALIFIED', 'CUSTOMER', 'INACTIVE', 'LOST'`),
    byPerson: true,
  },
  {
    what: 'a word that contracts have and the database does not',
    sql: words(`'NEW', 'LEAD', 'PROSPECT', 'CONTACTED', 'QUALIFIED', 'UNQUALIFIED', 'CUSTOMER'`),
    byPerson: true,
  },
  { what: 'a table that no model has', sql: asOwner('create table leaked (id uuid primary key)'), byPerson: true },
  {
    what: 'a model of a table that is not there',
    sources: { 'db/types.ts': instead('  contacts: Contacts;', '  contacts: Contacts;\n  inbox: Contacts;') },
  },
  {
    what: 'a model with a column that never was',
    sources: {
      'db/types.ts': instead('export interface Contacts {', 'export interface Contacts {\n  nickname: string;'),
    },
  },
  {
    what: 'a model whose types are none of the database',
    sources: { 'db/types.ts': instead('  lead_score: Generated<number>;', '  lead_score: Generated<string>;') },
  },
  {
    what: 'a contract that takes a word which the database refuses',
    application: onlyRoutes(async (app) => {
      app.patch(
        '/api/contacts/:id',
        { config: company, schema: { body: closed({ status: OneOf(['NEW', 'WON']) }) } },
        async () => ({}),
      );
    }),
  },
  {
    what: 'a contract whose answers know fewer words than the database',
    application: onlyRoutes(async (app) => {
      app.get(
        '/api/contacts/:id',
        { config: company, schema: { response: { 200: closed({ status: OneOf(['NEW']) }) } } },
        async () => ({ status: 'NEW' as const }),
      );
    }),
  },
]);
