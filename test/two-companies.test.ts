import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, hasBrowser } from './browser.ts';
import { createWorld, type Person } from './harness.ts';

interface Side {
  person: Person;
  canary: string;
  page: Page;
  /** Every text that reached this browser: pages' answers and the socket's messages. */
  heard: string[];
}

describe.runIf(hasBrowser)('two companies side by side', { timeout: 60_000 }, () => {
  let desk: Desk;
  const sides: Side[] = [];

  beforeAll(async () => {
    const world = await createWorld();
    desk = await createDesk(world);
    for (const canary of ['Kanarie-Amber', 'Kanarie-Blue']) {
      const { admin } = await world.company();
      await admin.post('/api/pipelines', { name: `Way ${canary}`, is_default: true, stages: [{ name: 'Talk' }] });
      await admin.post('/api/contacts', { first_name: 'First', last_name: canary });
      await admin.post('/api/deals', { title: `Roof ${canary}`, value: '100' });
      const page = await desk.openAs(admin, '/');
      const heard: string[] = [];
      const hear = (text: string) => heard.push(text);
      page.on('response', (answer) => void answer.text().then(hear, () => undefined));
      page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => hear(String(payload))));
      sides.push({ person: admin, canary, page, heard });
    }
  });

  test('no page, no answer and no socket message of the one carries anything of the other', async () => {
    for (const { page } of sides) {
      await page.goto('/contacts');
      await page.getByRole('row', { name: /Kanarie/ }).waitFor();
    }
    await expect.poll(() => sides.every(({ heard }) => heard.some((text) => text.includes('"ready"')))).toBe(true);
    const rows: string[] = [];
    for (const { person, canary, page } of sides) {
      const { body } = await person.post('/api/contacts', { first_name: 'Second', last_name: canary });
      rows.push(body.id);
      await page.getByRole('row', { name: `Second ${canary}` }).waitFor({ timeout: 5000 });
    }
    for (const { page, canary } of sides) {
      await page.goto('/deals');
      await page.getByRole('group', { name: `Roof ${canary}` }).waitFor();
    }
    for (const [index, { page, heard, canary }] of sides.entries()) {
      const everything = [...heard, await page.content()].join('\n');
      expect(everything).toContain(canary);
      expect(everything).toContain(rows[index]);
      expect(everything).not.toContain(sides[1 - index]?.canary);
      expect(everything).not.toContain(rows[1 - index]);
      expect(everything).not.toContain(sides[1 - index]?.person.companyId);
    }
  });

  test('an address of the one leads to nothing in the other', async () => {
    const [ours, theirs] = sides as [Side, Side];
    const { body } = await ours.person.get('/api/deals');
    await theirs.page.goto(`/deals?open=${body.items[0].id}`);
    await theirs.page.getByRole('alert').waitFor();
    expect(await theirs.page.content()).not.toContain(ours.canary);
  });
});
