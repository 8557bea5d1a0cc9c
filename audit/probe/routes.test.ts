import { mkdirSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../../test/harness.ts';
import { attacksIn, lastAttacks, recordAttacks } from '../application/attacks.ts';
import { isRecording } from '../record.ts';
import { attackKinds } from './attacks/index.ts';
import { endpointsOf, titleOf } from './endpoints.ts';
import { type Inside, openHouse } from './inside.ts';
import { asTable, attackEndpoint, type Cell, summary } from './matrix.ts';

let world: World;
let house: Inside;

beforeAll(async () => {
  // One connection for transactions and one for statements: every company's requests share them (attack 27).
  world = await createWorld({ connections: 1 });
  house = await openHouse(world);
  return house.close;
});

/** Where even a company's own admin does not succeed, for want of a state that only life brings about: it was reached. */
const REACHED = /^its own admin gets (?:409|410|422) /;

it('holds every registered route against another company: all attacks, each with its positive control', {
  timeout: 900_000,
}, async () => {
  const endpoints = endpointsOf(world.app);
  expect(endpoints.length).toBeGreaterThan(150);
  const cells: Cell[] = [];
  for (const endpoint of endpoints) cells.push(...(await attackEndpoint(house, endpoint)));

  mkdirSync('coverage', { recursive: true });
  writeFileSync('coverage/attack-matrix.tsv', asTable(cells));
  if (isRecording) recordAttacks(attacksIn(cells));
  process.stdout.write(`${endpoints.length} routes\n${summary(cells)}\n`);

  // What is committed says of this code that it was attacked. Where this fails: npm run audit:attacks.
  expect(Object.keys(lastAttacks() ?? {}).sort()).toEqual(Object.keys(attacksIn(cells)).sort());

  const told = ({ endpoint, number, attack, reason }: Cell) => `${endpoint}, attack ${number} (${attack}): ${reason}`;
  const open = new Set(endpoints.filter(({ scope }) => scope === 'public' || scope === 'webhook').map(titleOf));
  const of = (outcome: Cell['outcome']) => cells.filter((cell) => cell.outcome === outcome);
  expect(of('leaked').map(told)).toEqual([]);
  expect(
    of('not reached')
      .filter((cell) => !REACHED.test(cell.reason) && !open.has(cell.endpoint))
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
