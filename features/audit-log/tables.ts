import { companyTables } from '../../server/tenancy/ownership.ts';

companyTables('audit_logs', 'security_logs');
