import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { found, invalid, ProblemError } from '../../../server/platform/problems.ts';
import { expectedVersion, ifUnchanged } from '../../../server/platform/versions.ts';
import { type Permissions, Role, RoleChange, RoleCreate, RoleList, RoleParams } from '../contract.ts';
import { builtInRoles, describeBuiltIn } from './built-in.ts';
import { allRoles, countByBuiltIn, deleteRole, insertRole, oneRole, updateRole } from './queries.ts';

type Row = Omit<Role, 'is_built_in' | 'user_count' | 'permissions'> & {
  permissions: unknown;
  user_count: number;
};

const describe = (row: Row): Role => ({
  ...row,
  permissions: row.permissions as Permissions,
  is_built_in: false,
});

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  const read = { scope: 'company' } as const;
  const write = { scope: 'admin' } as const;

  const changed = (companyId: string, id: string, action: 'created' | 'updated' | 'deleted') => {
    app.sessions.forget(companyId);
    app.events.publish({ companyId, table: 'roles', id, action });
  };

  // A misspelt resource would allow everything and look as if it did not.
  function checkResources(permissions: Permissions | undefined): void {
    const unknown = Object.keys(permissions ?? {}).find((resource) => !app.resources.has(resource));
    if (unknown !== undefined) throw invalid(`permissions.${unknown}`, 'unknown_resource', 'is not a resource');
  }

  app.get('/api/roles', { config: read, schema: { response: { 200: RoleList } } }, async ({ company }) => {
    const [own, counts] = await Promise.all([company.many(allRoles({})), company.many(countByBuiltIn({}))]);
    const count = (id: string) => counts.find(({ user_role }) => user_role === id)?.n ?? 0;
    return {
      items: [...builtInRoles.map((role) => describeBuiltIn(role, count(role.id))), ...own.map(describe)],
      next_cursor: null,
      resources: [...app.resources].sort(),
    };
  });

  app.post(
    '/api/roles',
    { config: write, schema: { body: RoleCreate, response: { 201: Role } } },
    async ({ company, body }, reply) => {
      checkName(body.name);
      checkResources(body.permissions);
      const { id } = found(await company.first(insertRole(body)));
      changed(company.context.companyId, id, 'created');
      return reply.code(201).send(describe(found(await company.first(oneRole({ id })))));
    },
  );

  app.get(
    '/api/roles/:role_id',
    { config: read, schema: { params: RoleParams, response: { 200: Role } } },
    async ({ company, params }, reply) => {
      const role = found(await company.first(oneRole({ id: params.role_id })));
      return reply.header('etag', `"${role.version}"`).send(describe(role));
    },
  );

  app.put(
    '/api/roles/:role_id',
    { config: write, schema: { params: RoleParams, body: RoleChange, response: { 200: Role } } },
    async (request) => {
      const { company, params, body } = request;
      if (body.name !== undefined) checkName(body.name);
      checkResources(body.permissions);
      const version = expectedVersion(request);
      const current = () => company.first(oneRole({ id: params.role_id }));
      const { id } = await ifUnchanged(
        await company.first(updateRole(params.role_id, body, version)),
        version,
        current,
      );
      changed(company.context.companyId, id, 'updated');
      return describe(found(await current()));
    },
  );

  app.delete(
    '/api/roles/:role_id',
    { config: write, schema: { params: RoleParams, response: { 204: Type.Null() } } },
    async ({ company, params }, reply) => {
      const { user_count } = found(await company.first(oneRole({ id: params.role_id })));
      if (user_count > 0) throw new ProblemError('conflict', 'Give the people who have this role another one first.');
      found(await company.first(deleteRole(params.role_id)));
      changed(company.context.companyId, params.role_id, 'deleted');
      return reply.code(204).send(null);
    },
  );
};

function checkName(name: string): void {
  const taken = builtInRoles.some((role) => [role.id, role.name.toLowerCase()].includes(name.trim().toLowerCase()));
  if (taken) throw invalid('name', 'taken', 'is the name of a built-in role');
}
