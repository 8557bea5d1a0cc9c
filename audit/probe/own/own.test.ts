import { expect, it } from 'vitest';
import { createWorld } from '../../../test/harness.ts';
import { attackKinds } from '../attacks/index.ts';
import { probeOwn } from './run.ts';

it('leaks nothing, and reaches every endpoint with every attack that applies, from outside', {
  timeout: 1_800_000,
}, async () => {
  const { adminUrl, admin } = await createWorld();
  const there = async () =>
    (
      await admin.query(`select (select count(*) from companies) as companies, (select count(*) from login_identities) as logins,
        (select count(*) from platform_sessions) as visits`)
    ).rows;
  const before = await there();

  const { cells, endpoints, counts, requests, stopped } = await probeOwn(adminUrl, { alone: true });

  process.stdout.write(`${endpoints.length} endpoints, ${requests} requests: ${JSON.stringify(counts)}\n`);
  const of = (outcome: string) =>
    cells
      .filter((cell) => cell.outcome === outcome)
      .map(({ endpoint, number, attack, reason }) => `${endpoint}, attack ${number} (${attack}): ${reason}`);
  expect(stopped).toBeUndefined();
  expect(of('leaked')).toEqual([]);
  expect(of('not reached')).toEqual([]);
  expect(await there()).toEqual(before);
  expect(endpoints.length).toBeGreaterThan(150);
  expect(cells.length).toBe(endpoints.length * attackKinds.length);
});
