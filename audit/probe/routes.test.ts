import { mkdirSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../../test/harness.ts';
import { attacksIn, lastAttacks, recordAttacks } from '../application/attacks.ts';
import { isRecording } from '../record.ts';
import { attackKinds } from './attacks/index.ts';
import { endpointsOf, titleOf } from './endpoints.ts';
import { asTable, attackEndpoint, type Cell, summary } from './matrix.ts';
import { type Inside, openInside } from './testing/inside.ts';

let world: World;
let target: Inside;

beforeAll(async () => {
  // One connection for transactions and one for statements: every company's requests share them (attack 27).
  world = await createWorld({ connections: 1 });
  target = await openInside(world);
  return target.close;
});

/** Where nobody succeeds: the auditor and the prober are not run here, no token for the metrics is set, and nothing that a
 * company has is the name of a page about a problem. */
const NOBODY: Readonly<Record<string, RegExp>> = {
  'GET /api/platform/isolation/coverage': /^its own admin gets 409 .*no probe yet/,
  'GET /api/platform/isolation/coverage/file': /^its own admin gets 409 .*no probe yet/,
  'GET /api/platform/isolation/report': /^its own admin gets 409 .*no audit yet/,
  'GET /api/platform/isolation/report/file': /^its own admin gets 409 .*no audit yet/,
  'GET /api/trust/report': /^its own admin gets 409 .*no audit yet/,
  'GET /metrics': /^its own admin gets 404 /,
  'GET /problems/{kind}': /^its own admin gets 404 /,
};

it('holds every registered route against another company: all attacks, each with its positive control', {
  timeout: 900_000,
}, async () => {
  const endpoints = endpointsOf(world.app);
  expect(endpoints.length).toBeGreaterThan(150);
  const cells: Cell[] = [];
  for (const endpoint of endpoints) cells.push(...(await attackEndpoint(target, endpoint)));

  mkdirSync('coverage', { recursive: true });
  writeFileSync('coverage/attack-matrix.tsv', asTable(cells));
  if (isRecording) recordAttacks(attacksIn(cells));
  process.stdout.write(`${endpoints.length} routes\n${summary(cells)}\n`);

  // What is committed says of this code that it was attacked. Where this fails: npm run audit:attacks.
  expect(Object.keys(lastAttacks() ?? {}).sort()).toEqual(Object.keys(attacksIn(cells)).sort());

  const told = ({ endpoint, number, attack, reason }: Cell) => `${endpoint}, attack ${number} (${attack}): ${reason}`;
  const of = (outcome: Cell['outcome']) => cells.filter((cell) => cell.outcome === outcome);
  expect(of('leaked').map(told)).toEqual([]);
  expect(
    of('not reached')
      .filter(({ endpoint, reason }) => !NOBODY[endpoint]?.test(reason))
      .map(told),
  ).toEqual([]);
  expect(
    of('not applicable')
      .filter(({ reason }) => reason.length < 10)
      .map(told),
  ).toEqual([]);
  expect(cells.length).toBe(endpoints.length * attackKinds.length);
  const attacked = new Set(
    cells
      .filter(({ outcome, attempts }) => outcome !== 'not applicable' && attempts > 0)
      .map(({ endpoint }) => endpoint),
  );
  expect(endpoints.map(titleOf).filter((endpoint) => !attacked.has(endpoint))).toEqual([]);
});
