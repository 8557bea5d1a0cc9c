import { sql } from 'kysely';
import { q, statement } from '../../../server/tenancy/query.ts';
import type { InvitationQuery, InvitationSend, invitationStates } from '../contract.ts';

const state = sql<(typeof invitationStates)[number]>`case
  when invitations.accepted_at is not null then 'accepted'
  when invitations.revoked_at is not null then 'revoked'
  when invitations.expires_at <= now() then 'expired'
  else 'pending' end`;

const invitations = () =>
  q
    .selectFrom('invitations')
    .select([
      'invitations.id',
      'invitations.email',
      'invitations.user_role',
      'invitations.team_id',
      'invitations.first_name',
      'invitations.last_name',
      'invitations.message',
      'invitations.invited_by',
      'invitations.user_id',
      'invitations.expires_at',
      'invitations.sent_at',
      'invitations.accepted_at',
      'invitations.revoked_at',
      'invitations.created_at',
      state.as('state'),
    ]);

export const oneInvitation = statement(['id'], (slot) => invitations().where('invitations.id', '=', slot.id));

export function invitationList({ state: wanted, email }: InvitationQuery) {
  let query = invitations();
  if (wanted !== undefined) query = query.where(state, '=', wanted);
  if (email !== undefined) query = query.where('invitations.email', '=', email);
  return query;
}

export const colleagueWith = statement(['email'], (slot) =>
  q.selectFrom('users').select('id').where('email', '=', slot.email).where('deleted_at', 'is', null),
);

export const insertInvitation = (
  {
    email,
    user_role = 'sales_rep',
    team_id = null,
    first_name = null,
    last_name = null,
    message = null,
  }: InvitationSend,
  token_hash: Buffer,
  expires_at: string,
  user_id: string | null,
) =>
  q
    .insertInto('invitations')
    .values({ email, user_role, team_id, first_name, last_name, message, token_hash, expires_at, user_id })
    .returning('id');

const open = () => q.updateTable('invitations').where('accepted_at', 'is', null).where('revoked_at', 'is', null);

/** An invitation sent anew takes the place of the one before. */
export const revokeByAddress = (email: string) =>
  open().set({ revoked_at: sql<string>`now()` }).where('email', '=', email);

export const revokeInvitation = (id: string) =>
  open().set({ revoked_at: sql<string>`now()` }).where('id', '=', id).returning('id');

export const renewInvitation = (id: string, token_hash: Buffer, expires_at: string) =>
  open().set({ token_hash, expires_at, sent_at: null }).where('id', '=', id).returning('id');

export const markSent = (id: string) =>
  q.updateTable('invitations').set({ sent_at: sql<string>`now()` }).where('id', '=', id);

export const insertColleague = ({ email, user_role = 'sales_rep', first_name, last_name }: InvitationSend) =>
  q
    .insertInto('users')
    .values({ email, user_role, first_name: first_name ?? '', last_name: last_name ?? '' })
    .returning('id');

export const joinTeam = (user_id: string, team_id: string) => q.insertInto('team_members').values({ user_id, team_id });
