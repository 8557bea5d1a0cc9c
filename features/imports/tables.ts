import { companyTables } from '../../server/tenancy/ownership.ts';

companyTables('imports', 'import_changes', 'import_errors');
