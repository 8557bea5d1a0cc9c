import { sql } from 'kysely';
import { q, statement } from '../../../server/tenancy/query.ts';
import type { TeamChange, TeamCreate, TeamQuery } from '../contract.ts';

const teams = () =>
  q
    .selectFrom('teams')
    .select((e) => [
      'teams.id',
      'teams.name',
      'teams.description',
      'teams.created_at',
      'teams.updated_at',
      'teams.version',
      e
        .selectFrom('team_members')
        .whereRef('team_members.team_id', '=', 'teams.id')
        .where('team_members.is_lead', '=', true)
        .select('team_members.user_id')
        .orderBy('team_members.id')
        .limit(1)
        .as('team_lead_id'),
      e
        .selectFrom('team_members')
        .whereRef('team_members.team_id', '=', 'teams.id')
        .select(sql<number>`count(*)::int`.as('n'))
        .$asScalar()
        .$notNull()
        .as('member_count'),
    ]);

export const oneTeam = statement(['id'], (slot) => teams().where('teams.id', '=', slot.id));

export function teamList({ search }: TeamQuery) {
  const query = teams();
  return search === undefined
    ? query
    : query.where(sql<boolean>`strpos(lower(teams.name), ${search.toLowerCase()}) > 0`);
}

export const teamMembers = statement(['team_id'], (slot) =>
  q
    .selectFrom('team_members')
    .innerJoin('users', 'users.id', 'team_members.user_id')
    .select(['users.id as user_id', 'users.first_name', 'users.last_name', 'users.user_role', 'team_members.is_lead'])
    .where('team_members.team_id', '=', slot.team_id)
    .orderBy('team_members.is_lead', 'desc')
    .orderBy('users.last_name')
    .orderBy('users.id'),
);

export const insertTeam = ({ name, description }: TeamCreate) =>
  q
    .insertInto('teams')
    .values({ name, description: description ?? null })
    .returning('id');

export function updateTeam(id: string, { name, description }: TeamChange, version: number | undefined) {
  const query = q
    .updateTable('teams')
    .set((e) => ({
      name: name ?? e.ref('name'),
      description: description === undefined ? e.ref('description') : description,
    }))
    .where('id', '=', id);
  return (version === undefined ? query : query.where('version', '=', version)).returning('id');
}

export const deleteTeam = (id: string) => q.deleteFrom('teams').where('id', '=', id).returning('id');

export const putMember = (teamId: string, userId: string, isLead: boolean) =>
  q
    .insertInto('team_members')
    .values({ team_id: teamId, user_id: userId, is_lead: isLead })
    .onConflict((on) =>
      on.columns(['company_id', 'team_id', 'user_id']).doUpdateSet((e) => ({ is_lead: e.ref('excluded.is_lead') })),
    );

export const removeMember = (teamId: string, userId: string) =>
  q.deleteFrom('team_members').where('team_id', '=', teamId).where('user_id', '=', userId).returning('id');

export const noLeads = (teamId: string) =>
  q.updateTable('team_members').set({ is_lead: false }).where('team_id', '=', teamId).where('is_lead', '=', true);

/** An invitation to a team that is no more is an invitation to the company. */
export const inviteToNoTeam = (teamId: string) =>
  q.updateTable('invitations').set({ team_id: null }).where('team_id', '=', teamId);
