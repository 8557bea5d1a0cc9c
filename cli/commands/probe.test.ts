import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { routesOf } from '../../audit/probe/variants/app.ts';
import { serve } from '../../audit/probe/variants/server.ts';
import { Store } from '../../audit/probe/variants/store.ts';
import { tokenReader } from '../../audit/probe/variants/tokens.ts';
import { bulkhead } from '../../test/cli.ts';
import { createWorld } from '../../test/harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'probe-'));
const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true });
});

/** Somebody else's server, its document in a file, and two logins. */
async function stranger(bug?: string) {
  const store = new Store();
  const has = (one: string) => one === bug;
  const [a, b] = [store.join('a@example.com'), store.join('b@example.com')];
  const server = await serve(routesOf(store, has), tokenReader(store, has));
  ends.push(server.close);
  const document = join(folder, `${bug}.json`);
  writeFileSync(document, JSON.stringify(server.document));
  const options = [
    '--url',
    server.base.href,
    '--openapi',
    document,
    '--login-a',
    a.token,
    '--login-b',
    `header:authorization=Bearer ${b.token}`,
    '--rate',
    '0',
  ];
  return { store, a, b, options };
}

it('says what a stranger’s server leaks, with a line to make it again that holds no login', async () => {
  const { a, b, options } = await stranger('read by id');
  const output = join(folder, 'report.json');
  const { code, said } = await bulkhead(
    '',
    'probe',
    ...options,
    '--only',
    '^GET /api/contacts',
    '--format',
    'json',
    '--output',
    output,
  );
  expect(code).toBe(1);
  expect(said).toContain('LEAK  GET /api/contacts/{contact_id}: 1 read');
  const result = JSON.parse(readFileSync(output, 'utf8'));
  expect(result.format).toBe('bulkhead-probe/1');
  expect(result.cells.find((cell: { outcome: string }) => cell.outcome === 'leaked').reproduction).toMatch(
    /^curl -X GET "\$URL"'\/api\/contacts\//,
  );
  for (const token of [a.token, b.token]) expect(said + readFileSync(output, 'utf8')).not.toContain(token);
});

it('ends with 0 where nothing leaks, and deletes what it made', async () => {
  const { store, options } = await stranger();
  const { code, said } = await bulkhead(
    '',
    'probe',
    ...options,
    '--only',
    'contacts',
    '--attacks',
    '1,2,3',
    '--format',
    'markdown',
  );
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(said).toContain('| `DELETE /api/contacts/{contact_id}` |');
  expect(store.table('contacts').filter((row) => !row.deleted)).toEqual([]);
});

it.each([
  [['--url', 'nowhere', '--login-a', 'x', '--login-b', 'y'], 'This is no address'],
  [['--url', 'http://127.0.0.1:1', '--login-a', 'x'], 'Two logins are needed'],
  [['--url', 'http://127.0.0.1:1', '--login-a', 'x', '--login-b', 'x'], 'the same'],
  [
    ['--url', 'http://127.0.0.1:1', '--login-a', 'x', '--login-b', 'y', '--openapi', '/nowhere.json'],
    'No OpenAPI document',
  ],
  [['--login-a', 'x', '--login-b', 'y'], 'say where the server is'],
  [['--login-a', 'x', '--login-b', 'y', '--output', 'report.pdf'], 'report.pdf: a report ends in'],
])('ends with 2 where it is asked for wrongly: %s', async (args, why) => {
  const { code, said } = await bulkhead('', 'probe', ...args);
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining(why) });
});

it('attacks this installation with two companies that it makes, and leaves none of it', {
  timeout: 240_000,
}, async () => {
  const world = await createWorld();
  const bystander = await world.company();
  const rows = async () =>
    (
      await world.admin.query(
        'select (select count(*) from companies) as companies, (select count(*) from login_identities) as logins',
      )
    ).rows[0];
  const before = await rows();
  const { code, said } = await bulkhead(
    world.adminUrl,
    'probe',
    '--only',
    '/api/(notes|tags|contacts)(/\\{\\w+\\})?$',
    '--attacks',
    '1,2,3,5,6,11,14,15,19,20,31',
  );
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(said).toMatch(/0 leaked, [1-9]\d* held/);
  expect(await rows()).toEqual(before);
  expect((await bystander.admin.get('/api/contacts')).body.items).toEqual([]);
});
