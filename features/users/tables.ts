import { companyTables } from '../../server/tenancy/ownership.ts';

companyTables('users', 'avatars', 'email_changes');
