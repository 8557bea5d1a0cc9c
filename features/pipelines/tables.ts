import { companyTables } from '../../server/tenancy/ownership.ts';

companyTables('pipelines', 'pipeline_stages');
