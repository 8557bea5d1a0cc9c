import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';
import type { AuditLogQuery, SecurityLogQuery } from '../contract.ts';
import { idAt } from './time.ts';

const named = (table: string, name: string) =>
  sql`when ${sql.lit(table)} then (
    select ${sql.raw(name)} from ${sql.table(table)} named
    where named.company_id = audit_logs.company_id and named.id = audit_logs.resource_id)`;

// An entry holds what changed, seldom the name: as the reader sees the record, so that nothing private is told.
const resourceName = sql<string | null>`case audit_logs.resource_type
  ${named('contacts', "nullif(btrim(named.first_name || ' ' || named.last_name), '')")}
  ${named('deals', 'named.title')}
  ${named('activities', 'named.subject')}
  ${named('users', "nullif(btrim(named.first_name || ' ' || named.last_name), '')")}
  ${named('teams', 'named.name')}
  ${named('roles', 'named.name')}
  ${named('tags', 'named.name')}
  ${named('pipelines', 'named.name')}
  ${named('pipeline_stages', 'named.name')}
  ${named('custom_field_definitions', 'named.label')}
  ${named('saved_views', 'named.name')}
  ${named('api_keys', 'named.name')}
  ${named('invitations', 'named.email')}
  ${named('imports', 'named.file_name')}
  ${named('notes', 'left(split_part(btrim(named.body), chr(10), 1), 80)')}
end`;

export function auditLogList({ from, to, resource_type, resource_id, user_id, action }: AuditLogQuery) {
  let query = q
    .selectFrom('audit_logs')
    .leftJoin('users', 'users.id', 'audit_logs.user_id')
    .select([
      'audit_logs.id',
      'audit_logs.user_id',
      'users.email as user_email',
      sql<string | null>`users.first_name || ' ' || users.last_name`.as('user_name'),
      sql<string | null>`audit_logs.extra_data ->> 'acting_admin'`.as('acting_admin'),
      'audit_logs.action',
      'audit_logs.resource_type',
      'audit_logs.resource_id',
      resourceName.as('resource_name'),
      'audit_logs.description',
      'audit_logs.changes',
      'audit_logs.ip_address',
      'audit_logs.user_agent',
      'audit_logs.request_method',
      'audit_logs.request_path',
      'audit_logs.created_at',
    ]);
  if (from !== undefined) query = query.where('audit_logs.id', '>=', idAt(from));
  if (to !== undefined) query = query.where('audit_logs.id', '<', idAt(to));
  if (resource_type !== undefined) query = query.where('audit_logs.resource_type', '=', resource_type);
  if (resource_id !== undefined) query = query.where('audit_logs.resource_id', '=', resource_id);
  if (user_id !== undefined) query = query.where('audit_logs.user_id', '=', user_id);
  if (action !== undefined) query = query.where('audit_logs.action', '=', action);
  return query;
}

export function securityLogList({ from, to, event_type, severity, user_id, user_email }: SecurityLogQuery) {
  let query = q
    .selectFrom('security_logs')
    .select([
      'security_logs.id',
      'security_logs.event_type',
      'security_logs.severity',
      'security_logs.user_id',
      'security_logs.user_email',
      'security_logs.description',
      'security_logs.details',
      'security_logs.ip_address',
      'security_logs.user_agent',
      'security_logs.created_at',
    ]);
  if (from !== undefined) query = query.where('security_logs.id', '>=', idAt(from));
  if (to !== undefined) query = query.where('security_logs.id', '<', idAt(to));
  if (event_type !== undefined) query = query.where('security_logs.event_type', '=', event_type as 'logout');
  if (severity !== undefined) query = query.where('security_logs.severity', '=', severity);
  if (user_id !== undefined) query = query.where('security_logs.user_id', '=', user_id);
  if (user_email !== undefined) query = query.where('security_logs.user_email', '=', user_email);
  return query;
}
