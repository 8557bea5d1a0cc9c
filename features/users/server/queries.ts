import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { q, statement } from '../../../server/tenancy/query.ts';
import type { UserChange, UserQuery } from '../contract.ts';

const columns = [
  'users.id',
  'users.email',
  'users.first_name',
  'users.last_name',
  'users.phone',
  'users.timezone',
  'users.language',
  'users.title',
  'users.department',
  'users.location',
  'users.bio',
  'users.avatar_url',
  'users.user_role',
  'users.role_id',
  'users.status',
  'users.manager_id',
  'users.last_login_at',
  'users.created_at',
  'users.updated_at',
  'users.version',
] as const;

/** A user as the API answers them, with their teams; `team_id` is the first team that they joined. */
export const users = () =>
  q
    .selectFrom('users')
    .select((e) => [
      ...columns,
      sql<boolean>`users.email_verified_at is not null`.as('email_verified'),
      e
        .selectFrom('team_members')
        .whereRef('team_members.user_id', '=', 'users.id')
        .select('team_members.team_id')
        .orderBy('team_members.id')
        .limit(1)
        .as('team_id'),
      jsonArrayFrom(
        e
          .selectFrom('team_members')
          .innerJoin('teams', 'teams.id', 'team_members.team_id')
          .whereRef('team_members.user_id', '=', 'users.id')
          .select(['teams.id', 'teams.name', 'team_members.is_lead'])
          .orderBy('team_members.id'),
      ).as('teams'),
    ]);

export const oneUser = statement(['id'], (slot) =>
  users().where('users.id', '=', slot.id).where('users.status', '<>', 'deleted'),
);

/** Those who left are listed only where they are asked for. */
export function userList({ search, user_role, status, team_id, manager_id, department }: UserQuery) {
  let query = users();
  query =
    status === undefined ? query.where('users.status', '<>', 'deleted') : query.where('users.status', '=', status);
  if (user_role !== undefined) query = query.where('users.user_role', '=', user_role);
  if (manager_id !== undefined) query = query.where('users.manager_id', '=', manager_id);
  if (department !== undefined) query = query.where('users.department', '=', department);
  if (team_id !== undefined) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('team_members')
          .whereRef('team_members.user_id', '=', 'users.id')
          .where('team_members.team_id', '=', team_id)
          .select('team_members.id'),
      ),
    );
  }
  for (const word of search?.toLowerCase().split(/\s+/).filter(Boolean) ?? []) {
    query = query.where(
      sql<boolean>`strpos(lower(users.first_name || ' ' || users.last_name || ' ' || users.email::text), ${word}) > 0`,
    );
  }
  return query;
}

export function updateUser(id: string, change: Omit<UserChange, 'team_id'>, version: number | undefined) {
  const query = q.updateTable('users').where('id', '=', id).where('status', '<>', 'deleted');
  const changed = Object.keys(change).length > 0 ? query.set(change) : query.set((e) => ({ status: e.ref('status') }));
  return (version === undefined ? changed : changed.where('version', '=', version)).returning(['id', 'version']);
}

export const markUserDeleted = (id: string) =>
  q
    .updateTable('users')
    .set({ status: 'deleted', deleted_at: new Date().toISOString(), avatar_url: null })
    .where('id', '=', id)
    .where('status', '<>', 'deleted')
    .returning('id');

/** Who takes over when somebody deletes their own account: their manager, else the company's oldest other admin. */
export const heirOf = (id: string) =>
  q
    .selectFrom('users')
    .leftJoin('users as leaver', (join) =>
      join.onRef('leaver.manager_id', '=', 'users.id').on('leaver.id', '=', id as never),
    )
    .where('users.status', '=', 'active')
    .where('users.id', '<>', id)
    .where((e) => e.or([e('leaver.id', 'is not', null), e('users.user_role', '=', 'company_admin')]))
    .select('users.id')
    .orderBy(sql`leaver.id is null`)
    .orderBy('users.id')
    .limit(1);

export const leaveTeams = (userId: string) => q.deleteFrom('team_members').where('user_id', '=', userId);
export const joinTeam = (userId: string, teamId: string) =>
  q.insertInto('team_members').values({ user_id: userId, team_id: teamId });

export const ownCompany = statement([], () =>
  q
    .selectFrom('companies')
    .select(['id', 'name', 'status', 'subscription_status', 'trial_ends_at', 'timezone', 'currency']),
);

export const insertEmailChange = (email: string, token_hash: Buffer, expires_at: string) =>
  q.insertInto('email_changes').values({ email, token_hash, expires_at }).returning('id');
