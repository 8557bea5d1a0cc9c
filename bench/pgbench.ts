import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPANY } from '../server/tenancy/predicate-plugin.ts';
import { SET_CONTEXT } from '../server/tenancy/wire/lane.ts';
import type { Case } from './cases.ts';
import { sizes } from './dataset.ts';

const company = `('00000000-0000-7000-8000-' || (100000000000 + :c))`;
const user = `('00000000-0000-7000-8000-' || (200000000000 + :c))`;

/** The server's own SQL for a case, as a pgbench script: context and statement under one Sync, as the server sends them. */
export function script({ query, variables = {} }: Case): string {
  const statement = query.sql.replace(/\$(\d+)/g, (_, n) => literal(query.parameters[Number(n) - 1], variables));
  const context = SET_CONTEXT.replace('$1', company).replace('$2', user).replace('$3', "'*'").replace('$4', "''");
  return [
    `\\set c random(0, ${sizes.companies - 1})`,
    `\\set n random(0, ${sizes.contacts - 1})`,
    `\\set d random(0, ${sizes.deals - 1})`,
    `\\set s random(0, ${sizes.stages - 1})`,
    '\\startpipeline',
    `${context.replace(/\s+/g, ' ')};`,
    `${statement.replace(/\s+/g, ' ')};`,
    '\\endpipeline',
    '',
  ].join('\n');
}

function literal(value: unknown, variables: Record<string, string>): string {
  if (value === COMPANY) return `${company}::uuid`;
  if (typeof value === 'number') return String(value);
  if (value === null) return 'null';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return variables[text] ?? `'${text.replaceAll("'", "''")}'`;
}

/** Requests/s that pgbench reaches with the case's SQL as the app role, at the best of several client counts. */
export function limitOf(
  testCase: Case,
  url: string,
  folder: string,
  seconds: number,
): { perSecond: number; clients: number } {
  const file = join(folder, `${testCase.name.replaceAll(' ', '-')}.sql`);
  writeFileSync(file, script(testCase));
  let best = { perSecond: 0, clients: 0 };
  for (const clients of [4, 8, 16, 32]) {
    const args = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', file, url];
    const output = execFileSync('pgbench', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const perSecond = Number(/tps = ([\d.]+)/.exec(output)?.[1]);
    if (perSecond > best.perSecond) best = { perSecond, clients };
  }
  return best;
}
