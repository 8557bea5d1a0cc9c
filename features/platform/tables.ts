import { globalTable } from '../../server/tenancy/ownership.ts';

globalTable('platform_audit', "What the platform's staff did, with which company: told to them, not to one company.");
