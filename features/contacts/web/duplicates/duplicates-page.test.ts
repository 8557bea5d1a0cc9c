import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../../test/harness.ts';

describe.runIf(hasBrowser)('duplicates', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
  });

  async function twins() {
    const person = (await world.company()).admin;
    const grace = { first_name: 'Grace', last_name: 'Hopper', email: 'grace@example.com', company: 'Navy' };
    const kept = (await person.post('/api/contacts', { ...grace, title: 'Admiral', notes: 'One', tags: ['vip'] })).body;
    const duplicate = (
      await person.post('/api/contacts', {
        ...grace,
        first_name: 'Gracie',
        title: 'Professor',
        phone: '+1 555 010 0000',
        notes: 'Two',
        tags: ['navy'],
      })
    ).body;
    await person.post('/api/notes', { body: 'Called her', contact_id: duplicate.id });
    return { person, kept, duplicate };
  }

  const open = (person: Person, screen = {}) => desk.openAs(person, '/contacts/duplicates', screen);

  test('are merged side by side by keyboard: what was chosen stays, what belongs to the other moves over', async () => {
    const { person, kept, duplicate } = await twins();
    const page = await open(person);
    await page.getByRole('link', { name: 'Compare Gracie Hopper with Grace Hopper' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('With Gracie Hopper comes 1 note and the tag navy.').waitFor();
    expect(await page.getByRole('radio', { name: 'Phone: +1 555 010 0000' }).isChecked()).toBe(true);
    expect(await page.getByRole('radio', { name: 'Keep both' }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: 'Job title: Admiral' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('radio', { name: 'Job title: Professor' }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Merge', exact: true }).click();

    const panel = page.getByRole('complementary', { name: 'Grace Hopper' });
    await panel.getByText('Professor').waitFor();
    await page.getByRole('heading', { name: 'No duplicates here' }).waitFor();
    expect((await person.get(`/api/contacts/${kept.id}`)).body).toMatchObject({
      first_name: 'Grace',
      title: 'Professor',
      phone: '+1 555 010 0000',
      notes: 'One\n\nTwo',
      tags: ['vip', 'navy'],
    });
    expect((await person.get(`/api/contacts/${duplicate.id}`)).status).toBe(308);
    expect((await person.get(`/api/notes?contact_id=${kept.id}`)).body.items.length).toBe(1);
  });

  test('can be kept the other way round, and an address of two that are one already says so', async () => {
    const { person, kept, duplicate } = await twins();
    const page = await open(person);
    await page.getByRole('link', { name: /Compare/ }).click();
    await page.getByRole('button', { name: 'Keep the other one' }).click();
    await page.getByText('With Grace Hopper comes the tag vip.').waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('keep')).toBe(duplicate.id);
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('complementary', { name: 'Gracie Hopper' }).waitFor();
    await page.goto(`/contacts/merge?keep=${kept.id}&with=${duplicate.id}`);
    await page.getByRole('heading', { name: 'These are one contact already' }).waitFor();
  });

  test('are looked for by phone and by name too, among the company’s own only', async () => {
    await twins();
    const person = (await world.company()).admin;
    const page = await open(person);
    await page.getByText('No two contacts have the same e-mail address').waitFor();
    await page.getByText('Similar name').click();
    await page.getByText('No two contacts have similar names').waitFor();
    expect(new URL(page.url()).searchParams.get('by')).toBe('name');
  });

  test('contacts are exported as the list shows them', async () => {
    const { person } = await twins();
    await person.post('/api/contacts', { first_name: 'Alan', last_name: 'Turing' });
    const page = await desk.openAs(person, '/contacts?q=Turing');
    await page.getByRole('row', { name: /Turing/ }).waitFor();
    await page.getByRole('button', { name: 'More for contacts' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/^contacts-.*\.csv$/);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('Turing');
    expect(text).not.toContain('Hopper');
  });

  test('shows the company’s own fields by their names', async () => {
    const { person, kept, duplicate } = await twins();
    const field = { resource: 'contacts', key: 'coffee_order', label: 'How they take coffee', type: 'text' };
    await person.post('/api/custom-fields', field);
    await person.patch(`/api/contacts/${kept.id}`, { custom_fields: { coffee_order: 'black' } });
    const page = await desk.openAs(person, `/contacts/merge?keep=${kept.id}&with=${duplicate.id}`);
    await page.getByText('How they take coffee: black').waitFor();
    expect(await page.innerText('main')).not.toMatch(/coffee.order/);
  });

  test.each(screens)('is accessible, %o', async (screen) => {
    const { person } = await twins();
    const page = await open(person, screen);
    await page.getByRole('link', { name: /Compare/ }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('link', { name: /Compare/ }).click();
    await page.getByText('With Gracie Hopper comes').waitFor();
    await page.getByRole('switch').press(' ');
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('complementary', { name: 'Grace Hopper' }).getByText('Navy').waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
