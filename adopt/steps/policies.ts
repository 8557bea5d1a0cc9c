import { operatorsOf, type Table } from '../catalog.ts';
import type { Draft } from '../draft.ts';
import type { Step } from '../plan.ts';
import { ident, operator } from '../sql.ts';
import { type Change, plainRight, tableRights, type Wanted } from './rights.ts';

/** Rights of the app's role, and row-level security that it alone feels: all others see all rows until FORCE. */
export function policies({ catalog, decisions, owned }: Draft): Step[] {
  const { tenant, app_role, tables } = decisions;
  const role = ident(app_role);
  const cid = `${ident(tenant.schema)}.cid()`;
  const steps: Step[] = [];
  const once = (name: string, table: string, done: string[], undo: string[]): void => {
    steps.push({ name, phase: 'policies', kind: 'once', table, do: done, undo });
  };
  const rights = (name: string, changes: Change[]): void =>
    once(
      `rights on ${name}`,
      name,
      changes.flatMap((change) => change.do),
      changes.flatMap((change) => change.undo),
    );
  const secure = (table: Table, column: string, privacy: string[] = []) => {
    const is = `${ident(column)} ${operator('=', operatorsOf(catalog, tenant.table, [tenant.key])[0])} ${cid}`;
    const tells = `using (${is}) with check (${is})`;
    once(
      `policies ${table.name}`,
      table.name,
      [
        ...(table.rls ? [] : [`alter table ${table.name} enable row level security`]),
        `create policy tenant on ${table.name} to ${role}\n  ${tells}`,
        `create policy tenant_floor on ${table.name} as restrictive to ${role}\n  ${tells}`,
        ...privacy,
        // Until all requests come as the app's role, those that come as another see what they always saw.
        ...(table.rls ? [] : [`create policy ${LEGACY} on ${table.name} using (true) with check (true)`]),
      ],
      [
        ...(table.rls ? [] : [`drop policy if exists ${LEGACY} on ${table.name}`]),
        ...(privacy.length > 0 ? [`drop policy tenant_private on ${table.name}`] : []),
        `drop policy tenant_floor on ${table.name}`,
        `drop policy tenant on ${table.name}`,
        ...(table.rls ? [] : [`alter table ${table.name} disable row level security`]),
      ],
    );
  };
  for (const { table, decision } of owned) {
    const columns = table.columns.filter((c) => !c.generated && c.name !== tenant.column).map((c) => c.name);
    const writable =
      decision.private_to === undefined || columns.includes('private_to') ? columns : [...columns, 'private_to'];
    const wanted: Wanted = {
      SELECT: 'all',
      DELETE: 'all',
      // The application may name the tenant in what it inserts, as it did before; the policy sees to it that it is its own.
      INSERT: [...new Set([...writable, tenant.column])],
      UPDATE: writable,
    };
    rights(table.name, [
      tableRights(catalog, table.name, app_role, wanted, ['UPDATE', ...UNPOLICED]),
      ...table.sequences.map((sequence) => plainRight(catalog, 'USAGE', 'sequence', sequence, app_role)),
    ]);
    const uid = `${ident(tenant.schema)}.uid()`;
    const hidden = `(private_to is null or private_to ${operator('=', operatorsOf(catalog, table.name, [decision.private_to ?? ''])[0])} ${uid})`;
    secure(
      table,
      tenant.column,
      decision.private_to === undefined
        ? []
        : [
            `create policy tenant_private on ${table.name} as restrictive to ${role}\n  using ${hidden} with check ${hidden}`,
          ],
    );
  }
  const tenants = catalog.tables.get(tenant.table)!;
  const shared = Object.keys(tables).filter((name) => tables[name]!.class === 'global');
  for (const name of [tenant.table, ...shared]) {
    rights(name, [tableRights(catalog, name, app_role, { SELECT: 'all' }, name === tenant.table ? UNPOLICED : [])]);
  }
  secure(tenants, tenant.key);
  return steps;
}

/** Rights that no policy looks at. */
const UNPOLICED = ['TRUNCATE', 'REFERENCES', 'TRIGGER'];

export const LEGACY = 'bulkhead_until_forced';
