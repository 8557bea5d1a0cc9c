import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('background work', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ada: Person;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    ada = (await world.company('Nadan')).admin;
  });

  const fail = (name: string) =>
    world.admin.query(
      `insert into jobs (company_id, name, payload, status, attempts, max_attempts, last_error)
       values ($1, $2, '{}', 'failed', 5, 5, 'the mail server is away')`,
      [ada.companyId, name],
    );

  test('that failed says why, and is tried again or dropped by keyboard', async () => {
    await fail('mail.send');
    await fail('imports.run');
    const page = await desk.openAs(ada, '/settings/jobs?status=failed');
    await page.getByText('the mail server is away').first().waitFor();
    await page.getByRole('button', { name: 'Drop: An import' }).press('Enter');
    await page.getByText('An import: it is dropped').waitFor();
    await page.getByRole('button', { name: 'Try again: A letter' }).press('Enter');
    await page.getByText('Nothing of this kind').waitFor();
    const { items } = (await ada.get('/api/jobs')).body;
    expect(items.map(({ name, status }: { name: string; status: string }) => [name, status])).toEqual([
      ['mail.send', 'waiting'],
    ]);
  });

  test('says in German that the words of a failure are the server’s', async () => {
    await fail('mail.send');
    const page = await desk.openAs(ada, '/settings/jobs?status=failed', { locale: 'de' });
    const told = page.getByText('Der Server meldete: the mail server is away').first();
    await told.waitFor();
    expect(await told.locator('[lang=en]').innerText()).toBe('the mail server is away');
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    await fail('retention.clean_up');
    const page = await desk.openAs(ada, '/settings/jobs', screen);
    await page.getByText('Nightly clean-up').first().waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
