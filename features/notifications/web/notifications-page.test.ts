import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk, type Desk, flaws, hasBrowser, screens } from '../../../test/browser.ts';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

describe.runIf(hasBrowser)('notifications', { timeout: 120_000 }, () => {
  let world: World;
  let desk: Desk;
  let ours: Person;
  let activity: string;

  const tell = async (person: Person, title: string, link: string | null = null) => {
    const { rows } = await world.admin.query(
      'insert into notifications (company_id, user_id, title, message, link) values ($1, $2, $3, $4, $5) returning id',
      [person.companyId, person.userId, title, 'Due 2026-11-21 10:00 UTC', link],
    );
    const { companyId, userId } = person;
    world.app.events.publish({
      companyId,
      table: 'notifications',
      id: rows[0].id,
      action: 'created',
      privateTo: userId,
    });
  };

  beforeAll(async () => {
    world = await createWorld();
    ours = (await world.company()).admin;
    activity = (await ours.post('/api/activities', { type: 'call', subject: 'Call Grace' })).body.id;
    desk = await createDesk(world);
    await tell(ours, 'Call Grace', `/activities/${activity}`);
    await tell(ours, 'Not a link', 'https://evil.example/');
    await tell((await world.company()).admin, 'Canary');
  });

  test('the bell counts what is unread, live, and the list leads to the record and marks it read', async () => {
    const page = await desk.openAs(ours, '/notifications');
    await page.getByRole('link', { name: '2 unread notifications' }).waitFor();
    await tell(ours, 'A third');
    await page.getByRole('link', { name: '3 unread notifications' }).waitFor({ timeout: 20_000 });
    await page.getByText('A third').waitFor();
    expect(await page.innerText('main')).not.toMatch(/Canary/);
    expect(await page.getByRole('link', { name: /Not a link/ }).count()).toBe(0);
    await page.getByRole('link', { name: /Call Grace/ }).click();
    await page.getByRole('complementary', { name: 'Call Grace' }).waitFor();
    await page.getByRole('link', { name: '2 unread notifications' }).waitFor();
  });

  test('are read in the language and at the clock of their reader’s profile', async () => {
    const reader = await world.person(ours.companyId, 'sales_rep');
    await reader.put('/api/users/me', { language: 'de', timezone: 'Pacific/Auckland' });
    await world.admin.query(
      `insert into notifications (company_id, user_id, title, message, key, params)
       values ($1, $2, 'Call Grace', 'Due 2026-07-01 12:30 UTC', 'reminder_due', $3)`,
      [reader.companyId, reader.userId, { subject: 'Call Grace', due_at: '2026-07-01T12:30:00Z' }],
    );
    const page = await desk.openAs(reader, '/notifications', { locale: 'en-US', timezoneId: 'UTC' });
    await page.getByText('Fällig 02.07.2026, 00:30').waitFor();
    await page.getByText('Call Grace').waitFor();
  });

  test('marks one, and then all, as read', async () => {
    const page = await desk.openAs(ours, '/notifications?show=unread');
    await page.getByRole('button', { name: 'Mark “A third” as read' }).click();
    await page.getByRole('link', { name: '1 unread notification', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('heading', { name: 'All read' }).waitFor();
    await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
    expect((await ours.get('/api/notifications/unread-count')).body.unread_count).toBe(0);
  });

  test.each(screens)('is accessible: $colorScheme, $viewport.width', async (screen) => {
    const page = await desk.openAs(ours, '/notifications', screen);
    await page.getByText('A third').waitFor();
    expect(await flaws(page)).toEqual([]);
  });

  test('has nothing to complain about', () => {
    expect(desk.complaints).toEqual([]);
  });
});
