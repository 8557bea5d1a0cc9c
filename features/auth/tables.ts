import { companyTables, globalTable } from '../../server/tenancy/ownership.ts';

companyTables('sessions', 'refresh_tokens', 'security_logs');
globalTable('login_identities', 'an address logs in to one company, which is not known before it is found here');
globalTable('login_attempts', 'counts attempts on addresses that may be nobody’s');
globalTable('password_resets', 'who forgot their password has no company yet, and a super admin none at all');
globalTable('platform_sessions', 'super admins have no company');
globalTable('platform_refresh_tokens', 'super admins have no company');
