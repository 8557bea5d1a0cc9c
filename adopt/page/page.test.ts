import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { apply } from '../apply.ts';
import { makePlan } from '../make-plan.ts';
import { quarantined, setAsides } from '../resolve.ts';
import { emptyDatabase } from '../testing/database.ts';
import { servePage } from './serve.ts';

const disputed = readFileSync(join(import.meta.dirname, '../testing/disputed.sql'), 'utf8');

async function disputedPage() {
  const { url, client } = await emptyDatabase(disputed);
  const plan = await makePlan(url);
  expect(await apply(url, plan)).toMatchObject({ state: 'quarantine', quarantined: 4 });
  const page = await servePage(url);
  onTestFinished(page.close);
  return { url, client, plan, page };
}

/** What a browser would send; fetch does not let the host be another than that of the address. */
function knock(
  address: string,
  { form, ...headers }: Record<string, string> & { form?: string } = {},
): Promise<{ status: number; body: string; headers: Record<string, string> }> {
  return new Promise((resolve, reject) => {
    const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = request(
      address,
      { method: form === undefined ? 'GET' : 'POST', headers: { ...type, ...headers } },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            body,
            headers: Object.fromEntries(Object.entries(answer.headers).map(([k, v]) => [k, String(v)])),
          }),
        );
      },
    );
    sent.on('error', reject).end(form);
  });
}

/** Opens the address as the person's browser does. */
async function enter(address: string) {
  const opened = await knock(address);
  expect(opened.status).toBe(303);
  const { origin } = new URL(address);
  const home = `${origin}${opened.headers.location}`;
  const cookie = String(opened.headers['set-cookie']).split(';')[0] as string;
  const look = async (at = '') => (await knock(`${home}${at}`, { cookie })).body;
  const decide = async (form: Record<string, string>, at = 'decide') => {
    const sent = await knock(`${home}${at}`, { cookie, origin, form: new URLSearchParams(form).toString() });
    expect(sent.status).toBe(303);
    return (await knock(`${origin}${sent.headers.location}`, { cookie })).body;
  };
  return { home, cookie, origin, look, decide };
}

test('the page opens once, for one browser, under its own address, and takes decisions from itself alone', async () => {
  const { page, url } = await disputedPage();
  expect(new URL(page.address).hostname).toBe('127.0.0.1');
  const { home, cookie, origin } = await enter(page.address);
  expect((await knock(page.address)).status).toBe(403);

  const own = await knock(home, { cookie });
  expect(own.status).toBe(200);
  expect(own.headers).toMatchObject({
    'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'self'; form-action 'self'/),
    'cache-control': 'no-store',
  });
  expect(own.body).not.toMatch(/<script|style=|onclick/);
  const form = 'row=1&for-all=set-aside';
  const refused = [
    knock(home),
    knock(home, { cookie: `${cookie}x` }),
    knock(`${origin}/`, { cookie }),
    // A name of somebody else's that leads to this machine.
    knock(home, { cookie, host: `rebound.example:${new URL(origin).port}` }),
    knock(`${home}decide`, { cookie, form }),
    knock(`${home}decide`, { cookie, form, origin: 'https://elsewhere.example' }),
    knock(`${home}decide`, { cookie, form, origin, 'sec-fetch-site': 'cross-site' }),
  ];
  for (const { status, body } of await Promise.all(refused)) {
    expect(status).toBe(403);
    expect(body).not.toContain('Nadan');
  }
  expect(await quarantined(url)).toHaveLength(4);
});

test('a person sees whose what the row points at is, and decides row by row, for several at once, and back again', async () => {
  const { page, client, url, plan } = await disputedPage();
  const { look, decide } = await enter(page.address);
  const home = await look();
  expect(home).toContain('4 rows wait for a decision');
  expect(home).toContain('points at public.contacts of <b>Sunstone &amp; &lt;b&gt;Sons&lt;/b&gt;</b>');
  expect(home).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(home).toContain('Give to Nadan, and empty contact_id');
  expect(home).toContain('Not to Sunstone &amp; &lt;b&gt;Sons&lt;/b&gt;: <code>owner_id</code> may not be empty.');

  const waiting = await quarantined(url);
  const id = (table: string, key: string) =>
    String(waiting.find((row) => row.table === table && row.key.id === key)?.id);
  expect(await look('?table=public.contacts&reason=contradiction')).not.toContain('of two');

  expect(await decide({ 'for-all': 'give', to: '1' })).toContain('Tick the rows first');
  expect(await decide({ 'for-all': 'give', row: id('public.messages', '3') })).toContain('Choose first to whom');
  expect(await decide({ 'for-all': 'give', row: id('public.messages', '2'), to: '1' })).toContain(
    'contact_id points at a row of public.contacts that belongs to 2',
  );
  const button = (row: string, resolution: object) => ({ decide: JSON.stringify({ id: Number(row), resolution }) });
  expect(await decide(button(id('public.messages', '2'), { to: '1', detach: true }))).toContain('1 row is decided');
  expect(await decide(button(id('public.contacts', '3'), { to: '1' }))).toContain('1 row is decided');
  expect(await decide({ 'for-all': 'set-aside', row: id('public.messages', '3') })).toContain('1 row is decided');
  const done = await decide({ 'for-all': 'give', to: '2', row: id('public.messages', '4') });
  expect(done).toContain('Every row has its tenant');

  const [aside] = await setAsides(url);
  expect(await look('decided')).toContain('given to 1, detached');
  expect(await decide({ row: String(aside?.id) }, 'restore')).toContain('The row is back');
  expect(await apply(url, plan)).toMatchObject({ state: 'quarantine', quarantined: 1 });
  expect(await look()).toContain('1 row waits for a decision');
  const { rows } = await client.query('select id, company_id, contact_id from messages where id in (2, 4) order by id');
  expect(rows).toEqual([
    { id: 2, company_id: 1, contact_id: null },
    { id: 4, company_id: 2, contact_id: null },
  ]);
});

test('there is no page without an adoption under way, and it ends when nobody looks at it', async () => {
  const { url } = await emptyDatabase(disputed);
  await expect(servePage(url)).rejects.toThrow('No adoption of this database is under way');
  await apply(url, await makePlan(url));
  const page = await servePage(url, { idle: 100 });
  await page.closed;
  await expect(knock(page.address)).rejects.toThrow(/ECONNREFUSED/);
});
