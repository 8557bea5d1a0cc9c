import type { ClientBase } from 'pg';
import type { AuditConfig } from './config.ts';
import { fixedMinor } from './fixed-minor.ts';
import type { Understanding } from './result.ts';
import type { Subject } from './rule.ts';
import { readCatalog } from './understand/catalog.ts';
import { findContext } from './understand/context.ts';
import { findAppRoles } from './understand/roles.ts';
import { findGlobals, findOwners } from './understand/tables.ts';
import { findTenants, qualified } from './understand/tenants.ts';

export interface Understood {
  subject: Subject;
  understood: Understanding[];
}

/**
 * Understands any PostgreSQL database from its catalog, which it only reads: where a row's tenant stands, who serves
 * requests, how policies learn the tenant.
 * @throws where the tenants cannot be told without a person, saying what to give
 */
export async function subjectOf(client: ClientBase, config: AuditConfig = {}): Promise<Understood> {
  const understood: Understanding[] = [];
  const say = (note: Understanding) => void understood.push(note);
  const otherSchemas = config.ignoredSchemas ?? {};
  await client.query('begin read only; set local search_path = pg_catalog; set local lock_timeout = 2000');
  try {
    const catalog = await readCatalog(client, Object.keys(otherSchemas));
    if (catalog.tables.length === 0) throw new Error('This database has no tables.');
    const tenants = findTenants(catalog, config, say);
    const globalTables = findGlobals(catalog, tenants, config, say);
    const owners = findOwners(catalog, tenants, config, say);
    const owned = new Set(
      catalog.columns
        .filter(({ table, name }) => name === (tenants.columns[table] ?? tenants.column))
        .map(({ table }) => table),
    );
    const appRoles = await findAppRoles(
      client,
      catalog,
      [...owned, ...(tenants.table === '' ? [] : [tenants.table])],
      config,
      say,
    );
    const subject: Subject = {
      form: 'any',
      tenantColumn: tenants.column,
      tenantColumns: tenants.columns,
      tenantTable: tenants.table,
      tenantKey: tenants.key,
      ...findContext(catalog, tenants, config, say),
      appRoles,
      ...(config.ownerRole === undefined ? {} : { ownerRole: config.ownerRole }),
      ...(config.auditorRole === undefined ? {} : { auditorRole: config.auditorRole }),
      globalTables,
      ownerColumns: owners,
      gates: config.definers ?? {},
      otherSchemas,
      filledColumns: [],
      appendOnly: [],
      fixedMinor,
      ...(config.softReferences === undefined
        ? {}
        : {
            softReferences: config.softReferences.map(({ table, references, ...rest }) => ({
              ...rest,
              table: qualified(catalog, table) ?? table,
              references: references === null ? null : (qualified(catalog, references) ?? references),
            })),
          }),
      ...(config.canaries === undefined ? {} : { canaries: config.canaries }),
    };
    return { subject, understood };
  } finally {
    await client.query('rollback');
  }
}
