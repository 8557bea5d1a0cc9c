import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';
import { runJobs } from '../../../test/jobs.ts';
import imports from '../server/feature.ts';
import { fixture, imported, removeUploads, upload } from '../server/testing/importer.ts';

const file = (name: string, text: string | Buffer) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const people = `First name,Last name,Email,Number,City
Grace,Hopper,grace@example.com,+1 650 253 0000,New York
Ada,Byron,ada@example.com,,London
Alan,Turing,not-an-address,,Wilmslow
`;

describe.runIf(hasBrowser)('importing contacts', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;

  beforeAll(async () => {
    world = await createWorld();
    desk = await createDesk(world);
    return removeUploads;
  });

  const fresh = async (): Promise<Person> => (await world.company()).admin;
  const choose = (page: Page, given: ReturnType<typeof file>) => page.locator('input[type=file]').setInputFiles(given);
  const fieldFor = (page: Page, header: string) => page.getByRole('combobox', { name: `column ${header}` });
  const figure = (page: Page, name: string) =>
    page.getByLabel('What the import did').locator('div', { hasText: name }).locator('dd');

  test('goes from the file to the contacts, keeps its place over reloads, and undoes it all', async () => {
    const person = await fresh();
    const old = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' };
    await person.post('/api/contacts', old);
    const page = await desk.openAs(person, '/contacts/import');
    await choose(page, file('people.csv', people));

    await page.getByText('Grace · Ada · Alan').waitFor();
    await expect.poll(() => fieldFor(page, 'Number').inputValue()).toBe('Phone');
    await fieldFor(page, 'City').click();
    await page.getByRole('option', { name: 'State', exact: true }).click();
    await expect.poll(() => fieldFor(page, 'City').inputValue()).toBe('State');
    await expect.poll(async () => (await person.get('/api/imports')).body.items[0].mapping.at(-1).field).toBe('state');
    await page.reload();
    await expect.poll(() => fieldFor(page, 'City').inputValue()).toBe('State');

    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('1 becomes a new contact, 1 is skipped, 1 cannot be imported').waitFor();
    await page.getByText('not-an-address').waitFor();
    await page.getByRole('radio', { name: 'Update the contact' }).click();
    await page.getByText('1 updates a contact').waitFor();
    await page.reload();
    await page.getByText('1 updates a contact').waitFor();

    await page.getByRole('button', { name: 'Start import' }).click();
    await page.getByRole('heading', { name: 'Waiting for its turn' }).waitFor();
    await page.reload();
    await page.getByRole('progressbar', { name: 'Waiting for its turn' }).waitFor();
    await runJobs(world, [imports]);

    await page.getByRole('heading', { name: 'Rows to look at' }).waitFor();
    await expect.poll(() => figure(page, 'Created').innerText()).toBe('1');
    await expect.poll(() => figure(page, 'Updated').innerText()).toBe('1');
    await page.getByRole('row', { name: /not-an-address/ }).click();
    await page.getByRole('complementary', { name: 'Row 3' }).getByText('Wilmslow').waitFor();
    await page.reload();
    await page.getByRole('complementary', { name: 'Row 3' }).getByText('Wilmslow').waitFor();

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Rows to correct' }).click();
    expect(readFileSync(await (await saved).path(), 'utf8')).toContain('Alan,Turing,not-an-address');

    await page.getByRole('button', { name: 'Undo import' }).click();
    await page.getByRole('dialog').getByText('2 contacts go back').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click();
    await page.getByRole('progressbar', { name: 'The undo waits for its turn' }).waitFor();
    await runJobs(world, [imports]);
    await page.getByRole('heading', { name: 'The import is undone' }).waitFor();
    const { items } = (await person.get('/api/contacts')).body;
    expect(items.map((one: typeof old) => one.last_name)).toEqual(['Lovelace']);
  });

  test('tells a reader of German in German what is wrong with rows and columns, also in the file to correct', async () => {
    const person = await fresh();
    const page = await desk.openAs(person, '/contacts/import', { locale: 'de' });
    await choose(page, file('people.csv', people.replace('+1 650 253 0000', '#REF!')));
    await page.getByRole('button', { name: 'Weiter' }).click();
    await page.getByText('„not-an-address“ ist keine E-Mail-Adresse.').waitFor();
    await page.getByText('Die Tabelle zeigt hier den Fehler #REF!.').waitFor();
    await page.getByRole('button', { name: 'Import beginnen' }).click();
    await page.getByRole('progressbar').waitFor();
    await runJobs(world, [imports]);
    await page.getByRole('row', { name: /ist keine E-Mail-Adresse/ }).waitFor();

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Zeilen zum Berichtigen' }).click();
    const bytes = readFileSync(await (await saved).path());
    expect(bytes.toString()).toMatch(/Importzeile.*nicht importiert.*„not-an-address“ ist keine E-Mail-Adresse/s);
    await page.goto('/contacts/import');
    await choose(page, { ...file('rows.csv', ''), buffer: bytes });
    await page.getByText('Sie sagt, was bei einem früheren Import falsch war.').first().waitFor();

    await page.goto('/contacts/import');
    await choose(page, file('old.csv', '<html>'));
    await page.getByText('Das ist eine Webseite oder XML-Datei').waitFor();
  });

  test('names the system that a file is from, and gives a field to one column only', async () => {
    const page = await desk.openAs(await fresh(), '/contacts/import');
    await choose(page, file('hubspot.csv', await fixture('hubspot.csv')));
    await page.getByText('A file from HubSpot.').waitFor();
    await fieldFor(page, 'City').click();
    await page.getByRole('option', { name: 'Job title', exact: true }).click();
    await expect.poll(() => fieldFor(page, 'Job Title').inputValue()).toBe('Leave out');
    expect(await fieldFor(page, 'City').inputValue()).toBe('Job title');
  });

  test('takes a dropped file, and says what is wrong with one that is none', async () => {
    const page = await desk.openAs(await fresh(), '/contacts/import');
    await choose(page, { ...file('picture.xlsx', 'no workbook'), mimeType: 'application/octet-stream' });
    await page.getByRole('alert').getByText('was sent as an Excel workbook, but it is a CSV file').waitFor();
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
      return transfer;
    }, people);
    const zone = page.getByText('Drop a file of contacts here');
    await zone.dispatchEvent('dragover', { dataTransfer: data });
    await zone.dispatchEvent('drop', { dataTransfer: data });
    await page.getByRole('heading', { name: 'dropped.csv' }).waitFor();
  });

  test('shows how far it has come, and stops', async () => {
    const person = await fresh();
    const { body } = await upload(person, people, { start: 'true' });
    await world.admin.query(`update imports set status = 'running', rows_total = 1000, rows_done = 400 where id = $1`, [
      body.id,
    ]);
    const page = await desk.openAs(person, `/contacts/import/${body.id}`);
    await page.getByText('400 of 1,000 rows').waitFor();
    await world.admin.query('update imports set rows_done = 750 where id = $1', [body.id]);
    await expect
      .poll(() => page.getByRole('progressbar').getAttribute('aria-valuenow'), { timeout: 15_000 })
      .toBe('75');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped').first().waitFor();
  });

  test('lists the imports so far, opened by keyboard, and none of another company', async () => {
    const person = await fresh();
    await imported(world, person, people);
    const theirs = await imported(world, await fresh(), people);
    const page = await desk.openAs(person, '/contacts/import');
    const grid = page.getByRole('grid', { name: 'Imports so far' });
    await grid.getByRole('row', { name: /people\.csv/ }).waitFor();
    expect(await grid.getByRole('row', { name: /people\.csv/ }).count()).toBe(1);
    await grid.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Rows to look at' }).waitFor();
    await page.goto(`/contacts/import/${theirs.id}`);
    await page.getByRole('alert').waitFor();
    expect(await page.innerText('main')).not.toContain('people.csv');
  });

  test.each(screens)('is accessible at every step, %o', async (screen) => {
    const person = await fresh();
    // What goes on for ever never stands still to be looked at.
    const page = await desk.openAs(person, '/contacts/import', { ...screen, reducedMotion: 'reduce' });
    await page.getByText('Your imports will be listed here').waitFor();
    expect(await flaws(page)).toEqual([]);
    await choose(page, file('hubspot.csv', await fixture('hubspot.csv')));
    await page.getByText('A file from HubSpot.').waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('cannot be imported').waitFor();
    await page.getByRole('combobox', { name: 'Owner of new contacts' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Start import' }).click();
    await page.getByRole('progressbar').waitFor();
    expect(await flaws(page)).toEqual([]);
    await runJobs(world, [imports]);
    await page.getByRole('row', { name: /not-an-address/ }).click();
    await page.getByRole('complementary', { name: 'Row 3' }).waitFor();
    expect(await flaws(page)).toEqual([]);
    await page.goto('/contacts/import');
    await page.getByRole('row', { name: /hubspot/ }).waitFor();
    expect(await flaws(page)).toEqual([]);
    expect(desk.complaints).toEqual([]);
  });
});
