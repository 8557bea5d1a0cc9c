import type { Draft } from '../draft.ts';
import type { Step } from '../plan.ts';
import { deriving } from './column.ts';
import { LEGACY } from './policies.ts';
import { plainRight } from './rights.ts';

/** The last phase, once all requests come as the app's role: security holds for owners too, and the scaffolding goes. */
export function force({ catalog, decisions, owned }: Draft): Step[] {
  const { tenant, app_role } = decisions;
  const steps: Step[] = [];
  const tables = [...owned.map(({ table }) => table), catalog.tables.get(tenant.table)!];
  for (const table of tables) {
    const { name, rls, forced, leaves } = table;
    const derives = name === tenant.table ? undefined : deriving(catalog, decisions, table);
    const below = leaves.filter((leaf) => leaf !== name);
    const done = [
      ...(rls ? [] : [`drop policy if exists ${LEGACY} on ${name}`]),
      ...(forced ? [] : [`alter table ${name} force row level security`]),
      ...below.flatMap((leaf) => [
        `alter table ${leaf} enable row level security`,
        `alter table ${leaf} force row level security`,
      ]),
      ...(derives ? [derives.drop] : []),
    ];
    const undo = [
      ...(derives ? [derives.create] : []),
      ...below.flatMap((leaf) => [
        `alter table ${leaf} no force row level security`,
        `alter table ${leaf} disable row level security`,
      ]),
      ...(forced ? [] : [`alter table ${name} no force row level security`]),
      ...(rls ? [] : [`create policy ${LEGACY} on ${name} using (true) with check (true)`]),
    ];
    steps.push({ name: `force ${name}`, phase: 'force', kind: 'once', table: name, do: done, undo });
  }
  // Before PostgreSQL 15 everybody may create objects in public, and so the app's role something that bears a table's name.
  for (const { schema, makers } of catalog.open) {
    if (!tables.some(({ name }) => name.startsWith(`${schema}.`))) continue;
    steps.push({
      name: `close ${schema}`,
      phase: 'force',
      kind: 'once',
      do: [
        ...makers.map((maker) => `grant create on schema ${schema} to ${maker}`),
        `revoke create on schema ${schema} from public`,
      ],
      undo: [
        `grant create on schema ${schema} to public`,
        ...makers.map((maker) => `revoke create on schema ${schema} from ${maker}`),
      ],
    });
  }
  for (const { name, materialized, invoker } of catalog.views) {
    // A materialized view cannot be split by tenant: the app's role gets no right on it.
    if (materialized || catalog.version < 150_000) continue;
    const select = plainRight(catalog, 'SELECT', '', name, app_role);
    steps.push({
      name: `view ${name}`,
      phase: 'force',
      kind: 'once',
      do: [...(invoker ? [] : [`alter view ${name} set (security_invoker = true)`]), ...select.do],
      undo: [...select.undo, ...(invoker ? [] : [`alter view ${name} reset (security_invoker)`])],
    });
  }
  return steps;
}
