import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { listPage } from '../../../server/platform/list.ts';
import { AuditLogPage, AuditLogQuery, SecurityLogPage, SecurityLogQuery } from '../contract.ts';
import { auditLogList, securityLogList } from './queries.ts';

const byTime = (table: string) => ({ created_at: { sql: `${table}.id`, type: 'uuid', field: 'id' } });

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { scope: 'admin' } as const;

  app.get(
    '/api/audit-logs',
    { config, schema: { querystring: AuditLogQuery, response: { 200: AuditLogPage } } },
    async ({ company, query }) =>
      listPage(
        company,
        {
          name: 'audit-logs',
          table: 'audit_logs',
          query: auditLogList(query),
          sorts: byTime('audit_logs'),
          defaultSort: '-created_at',
        },
        query,
      ),
  );

  app.get(
    '/api/security-logs',
    { config, schema: { querystring: SecurityLogQuery, response: { 200: SecurityLogPage } } },
    async ({ company, query }) =>
      listPage(
        company,
        {
          name: 'security-logs',
          table: 'security_logs',
          query: securityLogList(query),
          sorts: byTime('security_logs'),
          defaultSort: '-created_at',
        },
        query,
      ),
  );
};
