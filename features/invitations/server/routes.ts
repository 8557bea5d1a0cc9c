import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listPage } from '../../../server/platform/list.ts';
import { found, ProblemError } from '../../../server/platform/problems.ts';
import { Grant } from '../../auth/contract.ts';
import { addCookies } from '../../auth/server/service.ts';
import { member } from '../../users/server/service.ts';
import {
  Acceptance,
  Invitation,
  InvitationPage,
  InvitationParams,
  InvitationQuery,
  InvitationSend,
  OpenInvitation,
  TokenParams,
} from '../contract.ts';
import { invitationList, oneInvitation, revokeInvitation } from './queries.ts';
import { acceptInvitation, readOffer, resendInvitation, sendInvitation } from './service.ts';

const sorts = { created_at: { sql: 'invitations.created_at', type: 'timestamptz', field: 'created_at' } };

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  await addCookies(app as never);
  const config = { scope: 'admin' } as const;
  const open = { scope: 'public', limit: { perMinute: 20 } } as const;

  app.post(
    '/api/invitations/send',
    { config, schema: { body: InvitationSend, response: { 201: Invitation } } },
    async ({ company, caller, body }, reply) => {
      member(caller);
      return reply.code(201).send(await sendInvitation(company, body));
    },
  );

  app.get(
    '/api/invitations',
    { config, schema: { querystring: InvitationQuery, response: { 200: InvitationPage } } },
    async ({ company, query }) =>
      listPage(
        company,
        { name: 'invitations', table: 'invitations', query: invitationList(query), sorts, defaultSort: '-created_at' },
        query,
      ),
  );

  app.post(
    '/api/invitations/:invitation_id/resend',
    { config, schema: { params: InvitationParams, response: { 200: Invitation } } },
    async ({ company, caller, params }) => {
      member(caller);
      return resendInvitation(company, params.invitation_id);
    },
  );

  app.delete(
    '/api/invitations/:invitation_id',
    { config, schema: { params: InvitationParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      found(await company.first(oneInvitation({ id: params.invitation_id })));
      if ((await company.first(revokeInvitation(params.invitation_id))) === undefined) {
        throw new ProblemError('conflict', 'The invitation was accepted or taken back already.');
      }
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/invitations/verify/:token',
    { config: open, schema: { params: TokenParams, response: { 200: OpenInvitation } } },
    async ({ server, params }) => readOffer(server.door, params.token),
  );

  app.post(
    '/api/invitations/accept',
    { config: open, schema: { body: Acceptance, response: { 201: Grant } } },
    async (request, reply) => reply.code(201).send(await acceptInvitation(request, reply, request.body)),
  );
};
