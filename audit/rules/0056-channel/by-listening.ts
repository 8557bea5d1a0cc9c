import type { AddressInfo } from 'node:net';
import type WebSocket from 'ws';
import type { Application } from '../../application/application.ts';
import { FOREIGN, OWN } from '../../application/knock.ts';
import type { Finding } from '../../rule.ts';

type Heard = Record<string, unknown> & { type?: string; id?: string };
const record = (last: number): string => `01900000-0000-7000-8000-0000000001${String(last).padStart(2, '0')}`;

/** Opens sockets of two companies and of a stranger on the app itself, publishes, and compares what each of them hears. */
export async function byListening(application: Application): Promise<Finding[]> {
  const { app, events, listening } = application;
  const { WebSocket: Socket } = await import('ws');
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const open = async (token?: string) => listener(new Socket(`ws://127.0.0.1:${port}/api/realtime`), token);
  // Every record is there for both, as far as the database says: what keeps them apart must be the company.
  listening.rows = [{ id: record(0) }];
  const own = await open(await listening.token(OWN));
  const other = await open(await listening.token(FOREIGN));
  const stranger = await open();
  try {
    const change = { companyId: OWN, table: 'contacts', action: 'updated' } as const;
    events.publish({ ...change, id: record(1) });
    events.publish({ ...change, id: record(2), ownerId: record(50) });
    events.publish({ ...change, id: record(3), privateTo: null });
    own.say({ type: 'viewing', table: 'contacts', id: record(4) });
    await own.caughtUp();
    other.say({ type: 'viewing', table: 'contacts', id: record(4) });
    await other.caughtUp();
    await own.caughtUp();
    return judge(own.heard, other.heard, stranger.heard);
  } finally {
    listening.rows = [];
    for (const one of [own, other, stranger]) one.close();
  }
}

function judge(own: Heard[], other: Heard[], stranger: Heard[]): Finding[] {
  const findings: Finding[] = [];
  const told = (heard: Heard[]) => heard.filter(({ type }) => type === 'changed');
  const viewers = (heard: Heard[]) => heard.filter(({ type, users }) => type === 'viewers' && (users as []).length > 0);
  const add = (message: string) => findings.push({ object: 'GET /api/realtime', message, mend: MEND });
  if (told(other).length > 0) add('tells a company of another’s changes');
  if (viewers(other).length + viewers(own).length > 0) add('tells a company who of another looks at a record');
  if (stranger.length > 0) add('tells a socket that never said whose it is');
  if (told(own).length < 3)
    add(`told its own company of ${told(own).length} of 3 changes, so what it kept from the other says nothing`);
  const more = told(own).flatMap((one) =>
    Object.keys(one).filter((key) => !['type', 'table', 'id', 'action'].includes(key)),
  );
  if (more.length > 0) add(`tells ${[...new Set(more)]} of a change: what a row says is not for the channel`);
  return findings;
}

const MEND =
  '-- features/realtime/server/audience.ts: mayHear() compares the company first; connection.ts asks it for every message';

/** A socket that keeps what it hears. Words are answered in their order, so after a pong everything before was heard. */
async function listener(socket: WebSocket, token?: string) {
  const heard: Heard[] = [];
  let pong: () => void = () => undefined;
  socket.on('message', (data) => {
    const said = JSON.parse(String(data)) as Heard;
    if (said.type === 'pong' || said.type === 'ready') pong();
    else heard.push(said);
  });
  socket.on('error', () => pong());
  socket.on('close', () => pong());
  const answer = (): Promise<void> =>
    new Promise((resolve) => {
      const late = setTimeout(resolve, 5_000);
      pong = () => {
        clearTimeout(late);
        resolve();
      };
    });
  await new Promise((resolve) => socket.once('open', resolve));
  const say = (words: object): void => socket.send(JSON.stringify(words));
  if (token !== undefined) {
    const ready = answer();
    say({ type: 'auth', access_token: token });
    await ready;
  }
  return {
    heard,
    say,
    caughtUp: () => {
      const caught = answer();
      say({ type: 'ping' });
      return caught;
    },
    close: () => socket.terminate(),
  };
}
