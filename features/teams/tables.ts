import { companyTables } from '../../server/tenancy/ownership.ts';

companyTables('teams', 'team_members');
