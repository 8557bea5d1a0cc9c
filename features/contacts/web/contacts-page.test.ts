import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, hasBrowser, violations } from '../../../test/browser.ts';
import { createWorld, type Person } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('the contact list', { timeout: 120_000 }, () => {
  let desk: Desk;
  let ours: Person;
  let theirs: Person;

  beforeAll(async () => {
    const world = await createWorld();
    ours = (await world.company()).admin;
    theirs = (await world.company()).admin;
    for (let number = 1; number <= 130; number += 1) {
      await ours.post('/api/contacts', { first_name: 'Ada', last_name: `Number ${number}`, company: 'Ours' });
    }
    await theirs.post('/api/contacts', { first_name: 'Canary', last_name: 'Theirs', company: 'Theirs' });
    desk = await createDesk(world);
  });

  test('shows the newest first, and goes to the end and back at once', async () => {
    const page = await desk.openAs(ours, '/contacts');
    const grid = page.getByRole('grid', { name: 'Contacts' });
    await grid.getByRole('row', { name: /Number 130/ }).waitFor();
    await page.getByRole('heading', { name: 'Contacts 130' }).waitFor();
    await grid.focus();
    await page.keyboard.press('End');
    await grid.getByRole('row', { name: /Number 1 / }).waitFor();
    await page.keyboard.press('Home');
    await grid.getByRole('row', { name: /Number 130/ }).waitFor();
  });

  test('what is typed on a cell edits it, letter by letter, and is no command of the page', async () => {
    const page = await desk.openAs(ours, '/contacts');
    await page.getByRole('row', { name: /Number 130/ }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('nexus');
    await expect.poll(() => page.getByRole('textbox', { name: 'Company' }).inputValue()).toBe('nexus');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /Number 130.*nexus/ }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await expect.poll(async () => (await ours.get('/api/contacts?search=nexus')).body.items.length).toBe(1);
  });

  test('says while a contact is written that there is one already, and asks before Escape loses it', async () => {
    const { id } = (
      await ours.post('/api/contacts', {
        first_name: 'Rosa',
        last_name: 'Twin',
        email: 'rosa@example.com',
        phone: '+49 30 5556677',
      })
    ).body;
    const page = await desk.openAs(ours, '/contacts');
    await page.getByRole('button', { name: 'New contact' }).click();
    const form = page.getByRole('dialog', { name: 'New contact' });
    await form.getByLabel('Phone').fill('030 5556677');
    const link = form.getByRole('link', { name: 'Rosa Twin' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(`/contacts/${id}`);
    expect(await violations(page)).toEqual([]);
    await form.getByLabel('Phone').fill('');
    await link.waitFor({ state: 'detached' });
    await form.getByLabel('E-mail').fill('ROSA@example.com');
    await link.waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Leave without saving?').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText('Leave without saving?').waitFor({ state: 'detached' });
    expect(await form.getByLabel('E-mail').inputValue()).toBe('ROSA@example.com');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await ours.delete(`/api/contacts/${id}`);
  });

  test('is sorted by telephone, tags and owner from the column heads', async () => {
    const page = await desk.openAs(ours, '/contacts?columns=phone,tags,owner_id');
    for (const [head, sort] of [
      ['Phone', 'phone'],
      ['Tags', 'tags'],
      ['Owner', 'owner'],
    ] as const) {
      await page.getByRole('columnheader', { name: head }).getByRole('button', { name: head }).click();
      await page.waitForURL((url) => url.searchParams.get('sort') === sort);
      await page
        .getByRole('row', { name: /Number/ })
        .first()
        .waitFor();
    }
  });

  test('creates a contact from the keyboard and opens it', async () => {
    const page = await desk.openAs(ours, '/contacts');
    await page
      .getByRole('row', { name: /Number/ })
      .first()
      .waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('First name').fill('Grace');
    await page.getByLabel('Last name').fill('Keyboard');
    await page.getByLabel('E-mail').fill('grace@example.com');
    await page.keyboard.press('Enter');
    await page.getByText('Grace Keyboard is in your contacts.').waitFor();
    await page.getByRole('row', { name: /Grace Keyboard/ }).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Grace Keyboard' }).getByText('grace@example.com').first().waitFor();
    expect(new URL(page.url()).searchParams.get('open')).toBeTruthy();
  });

  test('shows a company its own contacts only, and one that is not there as missing', async () => {
    const { body } = await ours.get('/api/contacts?limit=1');
    const page = await desk.openAs(theirs, `/contacts?open=${body.items[0].id}`);
    await page.getByRole('row', { name: /Canary Theirs/ }).waitFor();
    await page.getByRole('alert').waitFor();
    expect(await page.innerText('body')).not.toMatch(/Number|Grace/);
  });

  test.each(['light', 'dark'] as const)('is accessible, %s, on a screen and on a phone', async (colorScheme) => {
    for (const width of [1280, 360]) {
      const page = await desk.openAs(ours, '/contacts', { colorScheme, viewport: { width, height: 740 } });
      await page
        .getByRole('grid')
        .getByText(/Ada Number|Grace/)
        .first()
        .click();
      await page
        .getByRole('complementary', { name: /Number|Grace/ })
        .getByRole('heading')
        .waitFor();
      await page.waitForTimeout(200);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });

  test('asks for the login first, and keeps the way back', async () => {
    const page = await desk.open('/contacts?status=LEAD');
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe('/contacts?status=LEAD');
    expect(await violations(page)).toEqual([]);
  });

  test('asks for the company’s own field that is required, as nothing is taken without it', async () => {
    const field = { resource: 'contacts', key: 'plan', label: 'Plan', type: 'text', is_required: true };
    const { id } = (await ours.post('/api/custom-fields', field)).body;
    const page = await desk.openAs(ours, '/contacts');
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('First name').fill('Edith');
    await page.getByLabel('Last name').fill('Planned');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.locator('input[aria-invalid=true]').waitFor();
    await page.getByLabel('Plan', { exact: true }).fill('Gold');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Edith Planned is in your contacts.').waitFor();
    const { body } = await ours.get('/api/contacts?last_name=Planned');
    expect(body.items[0].custom_fields).toEqual({ plan: 'Gold' });
    await ours.delete(`/api/custom-fields/${id}`);
  });

  test('has nothing to complain about: no errors, nothing that the content security policy blocks', () => {
    expect(desk.complaints).toEqual([]);
  });
});
