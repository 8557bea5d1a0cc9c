import { companyTables } from '../../server/tenancy/ownership.ts';

companyTables('saved_views');
