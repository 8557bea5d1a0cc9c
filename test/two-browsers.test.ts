import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDemo, stories } from '../demo/load.ts';
import { removeUploads } from '../features/imports/server/testing/importer.ts';
import { discoverFeatures } from '../server/discover.ts';
import { hashPassword } from '../server/platform/password.ts';
import { projectRoot } from '../server/platform/project-root.ts';
import { hasBrowser } from './browser.ts';
import { canariesOf, finder } from './canaries.ts';
import { crawl, pageAt, pages, takesId, type Visit } from './crawl.ts';
import { createWorld, type World } from './harness.ts';
import { runJobs } from './jobs.ts';
import { makeContact, type Side, takeSide } from './side.ts';

const PASSWORD = 'correct horse battery';
const PATIENCE = 300_000;

const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

type Both<T> = [T, T];

describe.runIf(hasBrowser)('the demo’s companies in two browsers', { timeout: PATIENCE }, () => {
  let world: World;
  let sides: Both<Side>;
  let visits: Both<Visit[]>;
  /** What is in a text of the canaries of the one side, and of the other. */
  let canariesIn: Both<(text: string) => Set<string>>;
  const both = [0, 1] as const;
  const across = (side: 0 | 1) => (1 - side) as 0 | 1;

  beforeAll(async () => {
    world = await createWorld();
    const admins = stories.map(({ people, domain }) =>
      `${people[0]?.first}.${people[0]?.last}@${domain}`.toLowerCase(),
    );
    const hash = await hashPassword(PASSWORD);
    const today = new Date().toISOString().slice(0, 10);
    await loadDemo({ adminUrl: world.adminUrl, today, hashes: new Map(admins.map((email) => [email, hash])) });
    sides = [await takeSide(world, admins[0] ?? '', PASSWORD), await takeSide(world, admins[1] ?? '', PASSWORD)];
    await runJobs(world, await discoverFeatures());
    visits = (await Promise.all(sides.map((side) => crawl(side.walker, () => makeContact(side))))) as Both<Visit[]>;
    await Promise.all(sides.map(({ read }) => read()));
    const canaries = await canariesOf(world.admin, productTexts());
    canariesIn = sides.map(({ user }) => finder(canaries.get(user.company_id) ?? [])) as typeof canariesIn;
    return removeUploads;
  }, PATIENCE);

  test.each(both)('visit every page that there is, and are led away from those of others: %i', (side) => {
    const visited = new Set(visits[side].flatMap(({ href, arrived }) => [pageAt(href), pageAt(arrived)]));
    expect(pages.filter((page) => !visited.has(page)).map(({ path }) => path)).toEqual([]);
    const ofOthers = pages.filter(({ isPublic, audience }) => isPublic === true || audience === 'platform');
    expect(ofOthers.map(({ path }) => path)).toContain('/platform');
    const arrived = new Set(visits[side].map((each) => pageAt(each.arrived)));
    expect(ofOthers.filter((page) => arrived.has(page)).map(({ path }) => path)).toEqual([]);
  });

  test.each(both)('show their own rows and tell of their own changes: %i', async (side) => {
    const { user, answers, messages, made } = sides[side];
    const own = canariesIn[side](answers.join('\n'));
    for (const table of ['contacts', 'deals', 'users', 'teams']) {
      const { rows } = await world.admin.query(`select id from ${table} where company_id = $1`, [user.company_id]);
      expect(rows.filter(({ id }) => own.has(id)).length, table).toBeGreaterThan(rows.length / 2);
    }
    expect(canariesIn[side](visits[side].map(({ text }) => text).join('\n')).size).toBeGreaterThan(100);
    await expect.poll(() => canariesIn[side](messages.join('\n'))).toContain(made.at(-1));
  });

  test.each(both)('carry nothing of each other, by text, answer or message: %i', async (side) => {
    const strays = canariesIn[across(side)];
    const { answers, messages } = sides[side];
    for (const { href, text } of visits[side]) expect([...strays(text)], href).toEqual([]);
    for (const text of new Set([...answers, ...messages])) expect([...strays(text)], text.slice(0, 200)).toEqual([]);
  });

  test.each(both)('lead nowhere by an address of the other: %i', async (side) => {
    const { walker, answers, read } = sides[side];
    const begun = answers.length;
    const addresses = visits[across(side)].map(({ href }) => href).filter((href) => href.search(UUID) > 0);
    expect(pages.filter((page) => takesId(page) && !addresses.some((href) => pageAt(href) === page))).toEqual([]);
    const known = addresses.join('\n').match(UUID) ?? [];
    for (const href of addresses) {
      const { text } = await walker.visit(href);
      await read();
      const found = canariesIn[across(side)]([text, ...answers.splice(begun)].join('\n'));
      const learnt = [...found].filter((canary) => !known.some((id) => canary.includes(id)));
      expect(learnt, href).toEqual([]);
    }
  });
});

/** All that the product itself says, to every company. */
function productTexts(): string {
  const built = join(projectRoot, 'dist/web');
  const scripts = readdirSync(join(built, 'assets')).filter((name) => name.endsWith('.js'));
  const files = [join(projectRoot, 'docs/openapi.json'), ...scripts.map((name) => join(built, 'assets', name))];
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}
