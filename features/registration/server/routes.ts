import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addCookies } from '../../auth/server/service.ts';
import {
  Availability,
  CompanyNameParams,
  CompanyRegistered,
  CompanyRegistration,
  EmailParams,
  Registered,
  Registration,
} from '../contract.ts';
import { joinByInvitation } from './join.ts';
import { registerCompany } from './register.ts';

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  await addCookies(app as never);

  const oracle = 'docs/decisions/0011-registration-oracles.md';
  const config = { scope: 'public', limit: { perMinute: 5 }, discloses: { admin_email: oracle } } as const;

  app.post(
    '/api/register/company',
    { config, schema: { body: CompanyRegistration, response: { 201: CompanyRegistered } } },
    async (request, reply) => reply.code(201).send(await registerCompany(request, reply, request.body)),
  );

  // By invitation into a company that is there, or with a new one.
  app.post(
    '/api/auth/register',
    { config, schema: { body: Registration, response: { 201: Registered } } },
    async (request, reply) => {
      const { body } = request;
      const answer =
        'invitation_token' in body
          ? await joinByInvitation(request, reply, body)
          : await registerCompany(request, reply, body);
      return reply.code(201).send(answer);
    },
  );

  // Says what sending the form would say, as seldom.
  app.get(
    '/api/register/check-email/:email',
    {
      config: { scope: 'public', limit: { perMinute: 10 }, discloses: { email: oracle } },
      schema: { params: EmailParams, response: { 200: Availability } },
    },
    async ({ server, params }) => {
      const [answer] = await server.door.gate<{ available: boolean }>('email_available', [params.email]);
      return { available: answer?.available === true };
    },
  );

  // Two companies may bear one name, so every name is free, and who is a customer stays untold.
  app.get(
    '/api/register/check-company/:company_name',
    {
      config: { scope: 'public', limit: { perMinute: 10 } },
      schema: { params: CompanyNameParams, response: { 200: Availability } },
    },
    async ({ params }) => ({ available: params.company_name.trim() !== '' }),
  );
};
