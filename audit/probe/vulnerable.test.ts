import { beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../../test/harness.ts';
import { attackKinds } from './attacks/index.ts';
import { endpointsOf } from './endpoints.ts';
import { attackEndpoint } from './matrix.ts';
import { type Inside, openInside } from './testing/inside.ts';
import { leakyRoutes } from './testing/leaky-routes.ts';
import { variants } from './variants/variants.ts';

let world: World;
let target: Inside;

beforeAll(async () => {
  world = await createWorld({ features: [leakyRoutes(() => world)] });
  target = await openInside(world);
  return target.close;
});

const endpoints = () => endpointsOf(world.app);

it('sees each kind of leak by its attack of the matrix', { timeout: 300_000 }, async () => {
  const missed: string[] = [];
  // What no route of Bulkhead's own could have is tried on the small server.
  const tested = new Set(variants.map(({ attack }) => attack));
  for (const endpoint of endpoints().filter(({ path }) => path.startsWith('/api/leaky/'))) {
    const number = Number(/\d+/.exec(endpoint.path)?.[0]);
    tested.add(number);
    const cells = await attackEndpoint(
      target,
      endpoint,
      attackKinds.filter((kind) => kind.number === number),
    );
    if (!cells.some(({ outcome }) => outcome === 'leaked'))
      missed.push(`${endpoint.path}: ${cells.map(({ outcome, reason }) => `${outcome} ${reason}`)}`);
  }
  expect(missed).toEqual([]);
  expect(attackKinds.filter(({ number }) => !tested.has(number)).map(({ number }) => number)).toEqual([]);
});

it('raises no alarm at routes that leak nothing', { timeout: 120_000 }, async () => {
  const sound = endpoints().filter(({ path }) => path.startsWith('/api/sound/'));
  expect(sound).toHaveLength(3);
  for (const endpoint of sound) {
    const cells = await attackEndpoint(target, endpoint);
    expect(cells.filter(({ outcome }) => outcome === 'leaked' || outcome === 'not reached')).toEqual([]);
  }
});
