import type { AuditConfig } from '../config.ts';
import type { Understanding } from '../result.ts';
import type { Catalog } from './catalog.ts';
import { mostFrequent, qualified, type Tenants } from './tenants.ts';

/** Tables in which migration tools keep which migrations were applied. */
const ledgers = new Set([
  'schema_migrations',
  'ar_internal_metadata',
  'flyway_schema_history',
  'databasechangelog',
  'databasechangeloglock',
  'alembic_version',
  'django_migrations',
  'knex_migrations',
  'knex_migrations_lock',
  '_prisma_migrations',
  'SequelizeMeta',
  'typeorm_metadata',
  'pgmigrations',
  'goose_db_version',
  '__drizzle_migrations',
  '__EFMigrationsHistory',
  'migrations',
]);

/** Tables that belong to no tenant: those that a person says, and what migration tools keep. */
export function findGlobals(
  { tables, columns }: Catalog,
  tenants: Tenants,
  { global = {} }: AuditConfig,
  say: (note: Understanding) => void,
): Record<string, string> {
  const globals: Record<string, string> = { ...global };
  for (const [name, reason] of Object.entries(global)) {
    if (tables.some((table) => table.name === name || table.name.endsWith(`.${name}`)))
      say({ about: 'tables', how: 'given', what: `${name} belongs to no tenant: ${reason}` });
    else throw new Error(`There is no table ${name}, which bulkhead.audit.json calls global.`);
  }
  for (const { name } of tables) {
    const owned = columns.some(
      (column) => column.table === name && column.name === (tenants.columns[name] ?? tenants.column),
    );
    if (owned || !ledgers.has(name.slice(name.indexOf('.') + 1))) continue;
    globals[name] = 'which migrations were applied';
    say({ about: 'tables', how: 'found', what: `${name} belongs to no tenant: a migration tool's` });
  }
  return globals;
}

/** The table of the users, and which columns say whose a row is: its foreign keys there, whatever they are called. */
export function findOwners(
  catalog: Catalog,
  tenants: Tenants,
  { usersTable }: AuditConfig,
  say: (note: Understanding) => void,
): Record<string, string[]> {
  const people = /^(?:[^.]+\.)?(?:app_|auth_)?(users?|people|persons?|members?|profiles?|staff|employees?)$/i;
  const pointedAt = catalog.edges
    .map(({ parent }) => parent)
    .filter((name) => people.test(name) && name !== tenants.table);
  const users = qualified(catalog, usersTable) ?? mostFrequent(pointedAt);
  if (users === undefined) {
    say({
      about: 'users',
      how: 'unknown',
      what: 'no foreign key leads to a table that is known as that of the users: name it as usersTable',
    });
    return {};
  }
  const owners: Record<string, string[]> = {};
  for (const { child, parent, columns } of catalog.edges) {
    const own = columns.filter((column) => column !== (tenants.columns[child] ?? tenants.column));
    if (parent === users && own.length === 1) owners[child] = [...(owners[child] ?? []), own[0] as string];
  }
  say({
    about: 'users',
    how: usersTable ? 'given' : 'found',
    what: `the users are the rows of ${users}; ${Object.keys(owners).length} tables have a foreign key to it`,
  });
  for (const [table, several] of Object.entries(owners)) {
    if (several.length > 1)
      say({
        about: 'users',
        how: 'ambiguous',
        what: `${table} points at its users by ${several.join(', ')}: any may be its owner`,
      });
  }
  return owners;
}
