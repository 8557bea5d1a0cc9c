import { companyTables } from '../../server/tenancy/ownership.ts';

companyTables('custom_field_definitions');
