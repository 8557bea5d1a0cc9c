import { companyTables } from '../../server/tenancy/ownership.ts';

companyTables('api_keys', 'api_key_uses');
