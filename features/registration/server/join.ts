import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptInvitation } from '../../invitations/server/service.ts';
import type { Joining } from '../contract.ts';

/** Registration with an invitation is its acceptance: see `acceptInvitation` for what it answers. */
export const joinByInvitation = (
  request: FastifyRequest,
  reply: FastifyReply,
  { invitation_token: token, ...form }: Joining,
) => acceptInvitation(request, reply, { token, ...form });
