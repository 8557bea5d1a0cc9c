import { expect, it } from 'vitest';
import { bulkhead } from '../../test/cli.ts';
import { createWorld } from '../../test/harness.ts';

it('finds nothing in an installation as it was made', async () => {
  const world = await createWorld();
  await world.company();
  const { code, said } = await bulkhead(world.adminUrl, 'audit');
  expect(said.match(/ passed /g)?.length).toBeGreaterThan(50);
  expect({ code, said }).toMatchObject({ code: 0 });
});
