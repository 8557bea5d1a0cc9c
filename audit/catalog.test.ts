import { beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type World } from '../test/harness.ts';
import { type Application, openApplication } from './application/application.ts';
import { bulkhead } from './house.ts';
import { discoverRules, inspect } from './inspect.ts';
import type { Rule, Subject } from './rule.ts';

const rules: Rule[] = await discoverRules();
const subject: Subject = await bulkhead();
let world: World;
let application: Application;

beforeAll(async () => {
  world = await createWorld();
  await world.company();
  await world.company();
  application = await openApplication();
  return application.close;
});

describe('the live database, and the app over it', () => {
  test.each(rules.map((rule) => [rule.number, rule.title, rule] as const))('%i: %s', async (_number, _title, rule) => {
    await world.admin.query('begin');
    try {
      const findings = await inspect(world.admin, subject, [rule], application);
      expect(findings.map(({ object, message, mend }) => `${object} ${message}\n  ${mend}`)).toEqual([]);
    } finally {
      await world.admin.query('rollback');
    }
  });
});
