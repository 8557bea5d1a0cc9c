import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createWorld } from '../../test/harness.ts';
import { problemDocs } from './problem-pages.ts';
import { problemKinds } from './problems.ts';
import { projectRoot } from './project-root.ts';

const world = await createWorld();

// Where this fails: npm run generate.
it('docs/problems has a page for each type, and no other', () => {
  const folder = join(projectRoot, 'docs/problems');
  const committed = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  expect(committed).toEqual(problemDocs());
  for (const kind of Object.keys(problemKinds)) expect(committed.get(`${kind}.md`)).toContain('What to do');
});

it('the type that a problem names is the address of its page, open to everybody', async () => {
  const { body } = await world.anonymous.get('/api/contacts');
  expect(body.type).toBe('/problems/unauthenticated');
  for (const kind of Object.keys(problemKinds)) {
    const page = await world.anonymous.get(`/problems/${kind}`);
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.text).toContain(`"type": "/problems/${kind}"`);
    expect(page.text).toContain('What to do');
  }
  expect((await world.anonymous.get('/problems')).text).toContain('/problems/rate-limited');
});

it('a type that does not exist has no page, whatever its name', async () => {
  for (const name of ['nonsense', 'constructor', '__proto__']) {
    expect((await world.anonymous.get(`/problems/${name}`)).status).toBe(404);
  }
});
