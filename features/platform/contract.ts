import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, NO_NUL, Nullable, OneOf, Query, Timestamp } from '../../contracts/atoms.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

const Reason = Type.String({ minLength: 5, maxLength: 500, pattern: NO_NUL });

export const CompanyParams = IdParams('company_id');
export const Suspend = Body({ reason: Reason });
export const Act = Body({
  reason: { ...Reason, description: 'Shown to the company.' },
  minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 60, default: 30 })),
});
export const ActingGrant = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('bearer'),
  expires_in: Type.Integer({ description: 'Seconds.' }),
  expires_at: Timestamp,
  company_id: Id,
  company_name: Type.String(),
});

export const Figures = Type.Object({
  companies: Type.Integer(),
  active_companies: Type.Integer(),
  suspended_companies: Type.Integer(),
  deleted_companies: Type.Integer(),
  trials: Type.Integer(),
  trials_ending_soon: Type.Integer({ description: 'Within 7 days.' }),
  new_companies_30_days: Type.Integer(),
  users: Type.Integer(),
  users_active_7_days: Type.Integer(),
  contacts: Type.Integer(),
  deals: Type.Integer(),
  open_actings: Type.Integer(),
});

export const HistoryQuery = Query({
  step: Type.Optional(OneOf(['month', 'week'])),
  spans: Type.Optional(Type.Integer({ minimum: 1, maximum: 60, default: 12 })),
});
const Count = Type.Integer({ minimum: 0 });
export const History = Type.Object({
  items: Type.Array(
    Type.Object({
      starts_on: Type.String({ format: 'date', description: 'The first day of the month or week, in UTC.' }),
      companies: Type.Integer({ minimum: 0, description: 'At its end; now, in the last.' }),
      new_companies: Count,
      users: Count,
      trials: Type.Integer({ minimum: 0, description: 'Companies whose trial went on beyond its end.' }),
      active_companies: Type.Integer({ minimum: 0, description: 'Companies whose people changed anything in it.' }),
    }),
    { description: 'The oldest first.' },
  ),
});

export const PlatformAudit = Type.Object({
  id: Id,
  actor_id: Id,
  actor_email: Type.String(),
  action: Type.String(),
  about_company_id: Nullable(Id),
  company_name: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  details: Type.Unknown(),
  ip_address: Nullable(Type.String()),
  created_at: Timestamp,
});
const { page: _page, include_total: _total, ...ByCursor } = PageQuery;
export const PlatformAuditPage = PageOf(PlatformAudit);
export const PlatformAuditQuery = Query({ ...ByCursor, company_id: Type.Optional(Id) });

export type Figures = Static<typeof Figures>;
export type History = Static<typeof History>;
export type PlatformAudit = Static<typeof PlatformAudit>;
