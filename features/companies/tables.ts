import { globalTable } from '../../server/tenancy/ownership.ts';

globalTable('companies', 'A company is its own tenant: its id is the company, and its policy says so.');
