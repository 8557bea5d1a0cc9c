import type { Draft } from '../draft.ts';
import type { Step } from '../plan.ts';
import { ident, literal } from '../sql.ts';
import { plainRight, refuseMighty } from './rights.ts';

/** The role that requests will use, and the functions that tell the tenant and the user of a transaction. */
export function prepare({ catalog, decisions }: Draft): Step[] {
  const { tenant, app_role, tables } = decisions;
  const schema = ident(tenant.schema);
  const role = ident(app_role);
  const steps: Step[] = [];
  const once = (name: string, done: string[], undo: string[]): void => {
    steps.push({ name, phase: 'prepare', kind: 'once', do: done, undo });
  };
  if (!catalog.roles.includes(app_role)) {
    once(
      `role ${app_role}`,
      [`create role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole noinherit`],
      [`drop role ${role}`],
    );
  } else refuseMighty(catalog, app_role);
  if (!catalog.schemas.includes(tenant.schema))
    once(`schema ${tenant.schema}`, [`create schema ${schema}`], [`drop schema ${schema}`]);
  // After SET LOCAL ends the setting is '' and not null. STABLE: a cached plan must never pin a tenant.
  const tells = (name: string, type: string, setting: string) =>
    once(
      `function ${tenant.schema}.${name}`,
      [
        `create function ${schema}.${name}() returns ${type} language sql stable parallel safe
as ${literal(` select nullif(current_setting(${literal(setting)}, true), '')::${type} `)}`,
        `revoke all on function ${schema}.${name}() from public`,
        `grant execute on function ${schema}.${name}() to ${role}`,
      ],
      [`drop function ${schema}.${name}()`],
    );
  const usage = [...schemasOf(decisions), schema].map((each) => plainRight(catalog, 'USAGE', 'schema', each, app_role));
  once(
    'rights on schemas',
    usage.flatMap((change) => change.do),
    usage.flatMap((change) => change.undo),
  );
  tells('cid', tenant.type, tenant.setting);
  const privacy = Object.entries(tables).find(([, { private_to }]) => private_to !== undefined);
  if (privacy) {
    const [name, { private_to }] = privacy;
    tells('uid', catalog.tables.get(name)!.columns.find((c) => c.name === private_to)!.type, tenant.user_setting);
  }
  return steps;
}

const schemasOf = ({ tables, tenant }: Draft['decisions']): string[] => [
  ...new Set(
    Object.keys(tables)
      .map((name) => /^("(?:[^"]|"")+"|[^.]+)\./.exec(name)![1]!)
      .filter((s) => s !== ident(tenant.schema)),
  ),
];
