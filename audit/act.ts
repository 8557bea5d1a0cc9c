import type { Auditor, Look } from './rule.ts';

/** The tables that a role may read or write under policies, and the keys of a few tenants. */
export interface Stage {
  roles: string[];
  tables: Guarded[];
  /** Undefined where the auditor may not see them. */
  tenants: string[] | undefined;
}

export interface Guarded {
  name: string;
  relname: string;
  /** The tenant's column, quoted, and its type. */
  tenant: string;
  type: string;
  readers: string[];
}

/** What there is to try as the roles that serve requests; tables whose policies are off are rule 5's. */
export async function stageOf(auditor: Auditor): Promise<Stage> {
  const tables = await auditor.facts<Guarded>(`
    select g.name, g.relname, quote_ident(g.tenant_name) as tenant, g.tenant_sql as type,
      array(select r.rolname::text from app_roles r where has_any_column_privilege(r.oid, g.oid, 'select') order by 1) as readers
    from guarded g where g.relrowsecurity order by 1`);
  const roles = await auditor.facts<{ name: string }>('select rolname as name from app_roles order by 1');
  return { roles: roles.map(({ name }) => name), tables, tenants: await tenantsOf(auditor) };
}

/** Keys of up to three tenants, as text. */
async function tenantsOf({ facts, client }: Auditor): Promise<string[] | undefined> {
  const [source] = await facts<{ name: string; tenant: string }>(`
    select name, tenant from (
      select t.name, quote_ident(tenant_key) as tenant, 0 as n from tables t, subject where is_tenants and visible
      union all
      select * from (select name, quote_ident(tenant_name), 1 from owned where visible order by name limit 1) first
    ) s order by n limit 1`);
  if (source === undefined) return undefined;
  const { rows } = await client.query<{ tenant: string }>(
    `select distinct tenant::text from (select ${source.tenant} as tenant from ${source.name} limit 1000) t where tenant is not null limit 3`,
  );
  return rows.map(({ tenant }) => tenant);
}

/**
 * Runs work as a role that serves requests, bound by policies, with the names that such a role sees; whatever was set
 * is undone after it.
 */
export async function actAs<T>({ client }: Auditor, role: string, work: () => Promise<T>): Promise<T> {
  await client.query('savepoint act');
  try {
    await client.query(
      `set local role ${client.escapeIdentifier(role)}; set local row_security = on; set local search_path = default; set local statement_timeout = 5000`,
    );
    return await work();
  } finally {
    await client.query('rollback to savepoint act; release savepoint act');
  }
}

/** The first value of a query, or the error that came instead; the transaction goes on either way. */
export async function attempt<T>(
  { client }: Auditor,
  sql: string,
  values: unknown[] = [],
): Promise<{ value?: T; error?: Error & { code?: string } }> {
  await client.query('savepoint attempt');
  try {
    const { rows } = await client.query({ text: sql, values, rowMode: 'array' });
    await client.query('release savepoint attempt');
    return { value: (rows as unknown as T[][])[0]?.[0] as T };
  } catch (error) {
    await client.query('rollback to savepoint attempt; release savepoint attempt');
    return { error: error as Error & { code?: string } };
  }
}

/** Those of the roles that the auditor can become, one after the other. Why it cannot become the others is added to `gaps`. */
export async function* able(
  auditor: Auditor,
  roles: readonly string[],
  gaps: (string | undefined)[],
): AsyncGenerator<string> {
  for (const role of roles) {
    try {
      await actAs(auditor, role, async () => {});
    } catch (error) {
      gaps.push(`the auditor cannot become ${role}: ${(error as Error).message}`);
      continue;
    }
    yield role;
  }
}

const unknown = {
  role: 'no role is known that serves requests',
  context: 'how a request sets its tenant is not known: give tenant.context',
  tenants: 'the auditor does not see the tenants',
};

/** What is needed to act as a tenant, or what a rule says where it is not there. */
export function castOf(
  { subject }: Auditor,
  { roles, tables, tenants }: Stage,
  least: number,
): { look: Look } | { look?: never; context: string; tenants: string[] } {
  const unchecked = (why: string) => ({ look: { findings: [], unchecked: why } });
  const inapplicable = (why: string) => ({ look: { findings: [], inapplicable: why } });
  if (tables.length === 0) return inapplicable('No table has policies; rule 5 says which need some.');
  if (roles.length === 0) return unchecked(unknown.role);
  if (subject.context === undefined) return unchecked(unknown.context);
  if (tenants === undefined) return unchecked(unknown.tenants);
  if (tenants.length < least)
    return inapplicable(`It takes ${least === 1 ? 'a tenant' : 'two tenants'} to try it with.`);
  return { context: subject.context, tenants };
}
