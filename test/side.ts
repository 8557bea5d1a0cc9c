import type { Request } from 'playwright-core';
import { upload } from '../features/imports/server/testing/importer.ts';
import type { User } from '../web/session/session.ts';
import { createDesk, logIn } from './browser.ts';
import { textsIn } from './canaries.ts';
import { createWalker, type Walker } from './crawl.ts';
import type { Client, World } from './harness.ts';

/** A company's admin at a browser, and what reached it. */
export interface Side {
  user: User & { company_id: string };
  /** The same person's work by other means than this browser: ids of the contacts that were made. */
  client: Client;
  made: string[];
  walker: Walker;
  answers: string[];
  messages: string[];
  /** Resolves when each answer that came was read. */
  read(): Promise<void>;
}

/** Logs in with the form, in a browser of its own, and listens to all that comes. */
export async function takeSide(world: World, email: string, password: string): Promise<Side> {
  const { body } = await world.anonymous.post('/api/auth/login', { email, password });
  const client = world.as(body.access_token);
  await fillIn(client, body.user.company_id);
  const desk = await createDesk(world);
  const page = await desk.open('about:blank');
  const [answers, messages]: [string[], string[]] = [[], []];
  const reading: Promise<void>[] = [];
  const hear = async (request: Request) => {
    const text = (await (await request.response())?.text().catch(() => '')) ?? ''; // one that leads on has none
    answers.push(`${request.url()}\n${text}`, ...linesOf(text));
  };
  page.on('requestfinished', (request) => void reading.push(hear(request)));
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => void messages.push(String(payload))));
  await page.goto('/login');
  await logIn(page, email, password);
  await page.getByRole('navigation').first().waitFor();
  const walker = createWalker(page);
  const read = async () => void (await Promise.all(reading));
  return { user: body.user, client, made: [], walker, answers, messages, read };
}

/** What the demo lacks for each page to have an address: an import, two contacts that may be one, and a reminder. */
async function fillIn(client: Client, companyId: string): Promise<void> {
  await upload({ ...client, companyId }, `First name,Last name\nImported,${companyId}\n`, { start: 'true' });
  for (let i = 0; i < 2; i += 1) await client.post('/api/contacts', { first_name: 'Twice', last_name: companyId });
  const reminder_at = new Date().toISOString();
  await client.post('/api/activities', { type: 'call', subject: `Ring ${companyId}`, reminder_at });
}

export async function makeContact({ client, made, user }: Side): Promise<void> {
  const { body } = await client.post('/api/contacts', { first_name: 'Made', last_name: `by ${user.email}` });
  made.push(body.id);
}

/** The lines of texts within JSON, without its escapes. */
function linesOf(text: string): string[] {
  try {
    return [textsIn(JSON.parse(text)).join('\n')];
  } catch {
    return [];
  }
}
