import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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

/** As many as the load on the server has: at this count pgbench's latencies are compared with the server's. */
const LOAD_CLIENTS = 32;

interface Limit {
  /** Requests/s at the best of several client counts. */
  perSecond: number;
  clients: number;
  /** p99 over p50 at as many clients as load the server. */
  spread: number;
}

/** What pgbench reaches with the case's SQL as the app role. */
export function limitOf(testCase: Case, url: string, folder: string, seconds: number): Limit {
  const file = join(folder, `${testCase.name.replaceAll(' ', '-')}.sql`);
  writeFileSync(file, script(testCase));
  let best = { perSecond: 0, clients: 0 };
  for (const clients of [4, 8, 16, LOAD_CLIENTS]) {
    const log = clients === LOAD_CLIENTS ? ['-l', '--log-prefix', `${file}.log`, '--sampling-rate', '0.1'] : [];
    const args = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', file, ...log];
    const output = execFileSync('pgbench', [...args, url], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const perSecond = Number(/tps = ([\d.]+)/.exec(output)?.[1]);
    if (perSecond > best.perSecond) best = { perSecond, clients };
  }
  return { ...best, spread: spread(folder, `${basename(file)}.log`) };
}

/** p99 over p50 of the latencies that pgbench logged; the third word of a line has them. */
function spread(folder: string, prefix: string): number {
  const logs = readdirSync(folder).filter((name) => name.startsWith(prefix));
  const times = logs
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .map((line) => Number(line.split(' ')[2]))
    .sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  return at(0.99) / at(0.5);
}
