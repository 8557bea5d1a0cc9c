import type { Permissions } from '../../../server/platform/permissions.ts';
import { found } from '../../../server/platform/problems.ts';
import type { Company, Door } from '../../../server/tenancy/door.ts';
import { q } from '../../../server/tenancy/query.ts';
import type { Me } from '../contract.ts';
import { oneUser, ownCompany } from './queries.ts';

const nobody = {
  phone: null,
  timezone: null,
  language: null,
  title: null,
  department: null,
  location: null,
  bio: null,
  avatar_url: null,
  role_id: null,
  status: 'active' as const,
  manager_id: null,
  team_id: null,
  teams: [] as Me['teams'],
  email_verified: true,
  last_login_at: null,
  permissions: null,
} satisfies Partial<Me>;

/** A company's user, with the company that they work in. */
export async function me(
  company: Company,
  { userId, permissions }: { userId: string; permissions: Permissions | null },
): Promise<Me> {
  const [user, own] = await Promise.all([company.first(oneUser({ id: userId })), company.first(ownCompany({}))]);
  const { created_at, updated_at, ...self } = found(user);
  return { ...self, company: found(own), permissions: permissions as Me['permissions'], acting: null };
}

/** A super admin who acts for a company: until when, and with which reason. */
export async function meActing(company: Company, sessionId: string): Promise<Me> {
  const [session, own] = await Promise.all([
    company.first(
      q
        .selectFrom('sessions')
        .select(['acting_admin_id', 'acting_admin_email', 'acting_reason', 'expires_at'])
        .where('id', '=', sessionId),
    ),
    company.first(ownCompany({})),
  ]);
  const { acting_admin_id, acting_admin_email, acting_reason, expires_at } = found(session);
  return {
    ...nobody,
    id: acting_admin_id as string,
    email: acting_admin_email ?? '',
    first_name: 'Platform staff',
    last_name: '',
    user_role: 'company_admin',
    company: found(own),
    acting: { reason: acting_reason ?? '', expires_at },
  };
}

/** A super admin, who has no company. */
export async function meOnPlatform(door: Door, sessionId: string): Promise<Me> {
  const [self] = await door.gate<{ id: string; email: string; first_name: string | null; last_name: string | null }>(
    'platform_me',
    [sessionId],
  );
  const { id, email, first_name, last_name } = found(self);
  return {
    ...nobody,
    id,
    email,
    first_name: first_name ?? '',
    last_name: last_name ?? '',
    user_role: 'super_admin',
    company: null,
    acting: null,
  };
}
