import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../server/platform/project-root.ts';
import { createWorld, type World } from '../../test/harness.ts';
import { discoverRules } from '../inspect.ts';
import { readPage, ruleDocs, SECTIONS, sectionsOf } from './rule-pages.ts';

const rules = await discoverRules();

// Where this fails: npm run generate.
it('docs/rules has a page for each rule, as its folder says it, and no other', () => {
  const folder = join(projectRoot, 'docs/rules');
  const committed = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  expect(committed).toEqual(ruleDocs(rules));
});

describe('the page of each rule', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });

  it.each(rules.map((rule) => [rule.number, rule.name, rule] as const))(
    '%i %s says what goes wrong, why, how to see it and how to mend it; its queries run',
    async (_number, _name, rule) => {
      const page = readPage(rule) ?? '';
      expect(page.split('\n')[0]).toBe(`# ${rule.number} ${rule.name} (${rule.severity})`);
      const sections = sectionsOf(page);
      expect(Object.keys(sections)).toEqual([...SECTIONS]);
      for (const text of Object.values(sections)) expect(text.length).toBeGreaterThan(30);
      const sql = [...(sections['See it yourself'] ?? '').matchAll(/```sql\n(.*?)```/gs)].map(([, text]) => text ?? '');
      await world.admin.query('begin; set transaction read only; set local role bulkhead_auditor');
      try {
        for (const text of sql) await world.admin.query(text);
      } finally {
        await world.admin.query('rollback');
      }
    },
  );
});
