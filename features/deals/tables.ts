import { companyTables } from '../../server/tenancy/ownership.ts';

companyTables('deals', 'deal_stage_history');
