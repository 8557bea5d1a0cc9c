import { companyTables } from '../../server/tenancy/ownership.ts';

companyTables('jobs');
