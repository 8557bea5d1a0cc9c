import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listPage } from '../../../server/platform/list.ts';
import { found, notFound } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import { activeUser } from '../../users/server/service.ts';
import {
  MemberParams,
  Membership,
  Team,
  TeamChange,
  TeamCreate,
  TeamMember,
  TeamPage,
  TeamParams,
  TeamQuery,
  TeamWithMembers,
} from '../contract.ts';
import { oneTeam, putMember, removeMember, teamList, teamMembers } from './queries.ts';
import { changeTeam, createTeam, removeTeam } from './service.ts';

const sorts = {
  name: { sql: 'teams.name collate "C"', type: 'text', field: 'name' },
  created_at: { sql: 'teams.created_at', type: 'timestamptz', field: 'created_at' },
};

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const read = { scope: 'company' } as const;
  const write = { scope: 'admin' } as const;

  // Teams decide who sees whose records, so nobody's remembered view may outlive the change.
  const changed = (companyId: string, id: string, action: 'created' | 'updated' | 'deleted') => {
    app.sessions.forget(companyId);
    app.events.publish({ companyId, table: 'teams', id, action });
  };

  app.get(
    '/api/teams',
    { config: read, schema: { querystring: TeamQuery, response: { 200: TeamPage } } },
    async ({ company, query }) =>
      listPage(company, { name: 'teams', table: 'teams', query: teamList(query), sorts, defaultSort: 'name' }, query),
  );

  app.post(
    '/api/teams',
    { config: write, schema: { body: TeamCreate, response: { 201: Team } } },
    async ({ company, body }, reply) => {
      const team = await createTeam(company, body);
      changed(company.context.companyId, team.id, 'created');
      return reply.code(201).send(team);
    },
  );

  app.get(
    '/api/teams/:team_id',
    { config: read, schema: { params: TeamParams, response: { 200: TeamWithMembers } } },
    async ({ company, params }, reply) => {
      const team = found(await company.first(oneTeam({ id: params.team_id })));
      const members = await company.many(teamMembers({ team_id: params.team_id }));
      return reply.header('etag', `"${team.version}"`).send({ ...team, members });
    },
  );

  app.put(
    '/api/teams/:team_id',
    { config: write, schema: { params: TeamParams, body: TeamChange, response: { 200: Team } } },
    async (request) => {
      const { company, params, body } = request;
      const version = expectedVersion(request);
      const team = await ifUnchanged(await changeTeam(company, params.team_id, body, version), version, () =>
        company.first(oneTeam({ id: params.team_id })),
      );
      changed(company.context.companyId, team.id, 'updated');
      return team;
    },
  );

  app.delete(
    '/api/teams/:team_id',
    { config: write, schema: { params: TeamParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      await removeTeam(company, params.team_id);
      changed(company.context.companyId, params.team_id, 'deleted');
      return reply.code(204).send(null);
    },
  );

  app.put(
    '/api/teams/:team_id/members/:user_id',
    { config: write, schema: { params: MemberParams, body: Membership, response: { 200: Type.Array(TeamMember) } } },
    async ({ company, params: { team_id, user_id }, body }) => {
      const members = await company.transaction(async (tx) => {
        if ((await tx.first(oneTeam({ id: team_id }))) === undefined || !(await activeUser(tx, user_id)))
          throw notFound();
        await tx.run(putMember(team_id, user_id, body.is_lead ?? false));
        return tx.many(teamMembers({ team_id }));
      });
      changed(company.context.companyId, team_id, 'updated');
      return members;
    },
  );

  app.delete(
    '/api/teams/:team_id/members/:user_id',
    { config: write, schema: { params: MemberParams, response: { 204: Type.Null() } } },
    async ({ company, params: { team_id, user_id } }, reply) => {
      found(await company.first(removeMember(team_id, user_id)));
      changed(company.context.companyId, team_id, 'updated');
      return reply.code(204).send(null);
    },
  );
};
