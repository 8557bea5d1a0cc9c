import { type Static, Type } from 'typebox';
import { Id, Nullable, OneOf, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

const instant = Type.String({ format: 'date-time', description: 'ISO 8601 with a time zone.' });
const range = { from: Type.Optional(instant), to: Type.Optional({ ...instant, description: 'Exclusive.' }) };

export const AuditLog = Type.Object({
  id: Id,
  user_id: Nullable(Id),
  user_email: Nullable(Type.String()),
  user_name: Nullable(Type.String()),
  acting_admin: Nullable(Type.String({ description: 'The super admin who did it, acting for the company.' })),
  action: Type.String(),
  resource_type: Type.String(),
  resource_id: Nullable(Id),
  resource_name: Nullable(Type.String({ description: 'What the record is called now, where it is still there.' })),
  description: Nullable(Type.String()),
  changes: Type.Unknown({ description: 'The row before and after; of an update, the fields that changed.' }),
  ip_address: Nullable(Type.String()),
  user_agent: Nullable(Type.String()),
  request_method: Nullable(Type.String()),
  request_path: Nullable(Type.String()),
  created_at: Timestamp,
});
export const AuditLogPage = PageOf(AuditLog);
export const AuditLogQuery = Query({
  ...PageQuery,
  sort: Type.Optional(OneOf(['created_at', '-created_at'])),
  ...range,
  resource_type: Type.Optional(Type.String({ pattern: '^[a-z][a-z_]{0,62}$' })),
  resource_id: Type.Optional(Id),
  user_id: Type.Optional(Id),
  action: Type.Optional(Text(50)),
});

export const SecurityLog = Type.Object({
  id: Id,
  event_type: Type.String(),
  severity: Type.String(),
  user_id: Nullable(Id),
  user_email: Nullable(Type.String()),
  description: Type.String(),
  details: Type.Unknown(),
  ip_address: Nullable(Type.String()),
  user_agent: Nullable(Type.String()),
  created_at: Timestamp,
});
export const SecurityLogPage = PageOf(SecurityLog);
export const SecurityLogQuery = Query({
  ...PageQuery,
  sort: Type.Optional(OneOf(['created_at', '-created_at'])),
  ...range,
  event_type: Type.Optional(Text(50)),
  severity: Type.Optional(OneOf(['info', 'warning', 'critical'])),
  user_id: Type.Optional(Id),
  user_email: Type.Optional(Text(255)),
});

export type AuditLogQuery = Static<typeof AuditLogQuery>;
export type SecurityLogQuery = Static<typeof SecurityLogQuery>;
