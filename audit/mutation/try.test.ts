import { expect, it } from 'vitest';
import { createWorld } from '../../test/harness.ts';
import { openApplication } from '../application/application.ts';
import { bulkhead } from '../house.ts';
import { discoverRules, inspect } from '../inspect.ts';

it('tries', async () => {
  const world = await createWorld();
  await world.company();
  const application = await openApplication();
  console.log(application.app.printRoutes({ commonPrefix: false }).slice(0, 3000));
  const rules = (await discoverRules()).filter(({ needs }) => needs === 'application');
  await world.admin.query('begin');
  for (const rule of rules) {
    const begun = performance.now();
    const found = await inspect(world.admin, await bulkhead(), [rule], {
      application,
      onNotChecked: (r, why) => console.log(r.number, why),
    });
    console.log(
      rule.number,
      rule.name,
      Math.round(performance.now() - begun),
      'ms',
      found.length,
      '\n' +
        found
          .map(({ object, message }) => `  ${object}: ${message}`)
          .slice(0, 40)
          .join('\n'),
    );
  }
  await world.admin.query('rollback');
  await application.close();
  expect(1).toBe(1);
});
