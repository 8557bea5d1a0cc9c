import { sql } from 'kysely';
import { q, statement } from '../../../server/tenancy/query.ts';
import type { RoleChange, RoleCreate } from '../contract.ts';

const roles = () =>
  q
    .selectFrom('roles')
    .select((e) => [
      'roles.id',
      'roles.name',
      'roles.description',
      'roles.permissions',
      'roles.created_at',
      'roles.updated_at',
      'roles.version',
      e
        .selectFrom('users')
        .whereRef('users.role_id', '=', 'roles.id')
        .where('users.status', '<>', 'deleted')
        .select(sql<number>`count(*)::int`.as('n'))
        .$asScalar()
        .$notNull()
        .as('user_count'),
    ]);

export const allRoles = statement([], () => roles().orderBy('roles.name'));
export const oneRole = statement(['id'], (slot) => roles().where('roles.id', '=', slot.id));

export const countByBuiltIn = statement([], () =>
  q
    .selectFrom('users')
    .select(['user_role', sql<number>`count(*)::int`.as('n')])
    .where('status', '<>', 'deleted')
    .groupBy('user_role'),
);

export const insertRole = ({ name, description, permissions }: RoleCreate) =>
  q
    .insertInto('roles')
    .values({ name, description: description ?? null, permissions: JSON.stringify(permissions ?? {}) })
    .returning('id');

export function updateRole(id: string, { permissions, ...change }: RoleChange, version: number | undefined) {
  const query = q
    .updateTable('roles')
    .set({ ...change, ...(permissions && { permissions: JSON.stringify(permissions) }) })
    .where('id', '=', id);
  return (version === undefined ? query : query.where('version', '=', version)).returning('id');
}

export const deleteRole = (id: string) => q.deleteFrom('roles').where('id', '=', id).returning('id');
