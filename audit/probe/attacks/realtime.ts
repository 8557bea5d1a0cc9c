import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import type { Attacker } from '../attacker.ts';
import type { Answer } from '../client.ts';
import type { Endpoint } from '../endpoints.ts';
import type { Side } from '../target.ts';
import type { AttackKind } from './kind.ts';

const LIVE = /realtime|real-time|socket|\/ws\b|websocket|\/live|\/stream|\/channels?$|\/events\/subscribe/i;
/** Whether an endpoint has nothing to say but to who opens a socket. */
export const speaksOverSocket = ({ method, path }: Endpoint, { status }: Answer): boolean =>
  method === 'GET' && LIVE.test(path) && [400, 404, 426].includes(status);

/** Milliseconds in which what is told arrives. */
const HEARING = 400;

export const realtime: AttackKind = {
  number: 23,
  name: 'live changes: join, replay',
  movesA: true,
  async run(attacker) {
    const { a, b, endpoint, target } = attacker;
    if (endpoint.method !== 'GET' || !LIVE.test(endpoint.path)) return 'it tells nothing live';
    const address = await target.address();
    // Some servers hang up on a word that they do not know: so one ear says nothing but who it is.
    const open = async (who: Side) => {
      const ears = [await listen(address, attacker, who, a, false), await listen(address, attacker, who, a, true)];
      return ears.filter((ear) => ear !== undefined);
    };
    const own = await open(a);
    if (own.length === 0) return 'it opens no socket';
    const strange = await open(b);
    const nobody = await open({ ...b, person: { ...b.person, token: '', credential: {} } });
    await target.stir(a);
    await delay(HEARING);
    const control = own.some((ear) => ear.heard().length > ear.joined);
    for (const [what, ear] of [
      ...strange.map((ear) => ["B in A's channels", ear] as const),
      ...nobody.map((ear) => ['nobody in A’s channels', ear] as const),
    ]) {
      const answer = { status: 101, headers: {}, body: undefined, text: ear.heard().join('\n') };
      attacker.record(what, attacker.leakIn(answer, ''), control);
      // B's own ear must not stir when A moves.
      const stirred = ear
        .heard()
        .slice(ear.joined)
        .find((text) => !/ping|pong|presence|viewers|missed/i.test(text));
      attacker.record(
        `${what}: stirs with A`,
        stirred === undefined ? undefined : `heard ${stirred.slice(0, 150)}`,
        control,
      );
    }
    for (const ear of [...own, ...strange, ...nobody]) ear.close();
    return undefined;
  },
};

/** Logs in and joins in the ways that servers know; what one does not understand it ignores, or hangs up. */
function* words(who: Side, of: Side, joins: boolean): Generator<object> {
  const { token } = who.person;
  if (token !== '') yield { type: 'auth', access_token: token, token };
  if (!joins) return;
  const { companyId, rows } = of.company;
  const names = [companyId, of.person.userId, rows.get('contacts')?.id, rows.get('deals')?.id]
    .filter(Boolean)
    .map(String);
  for (const name of names)
    for (const channel of [name, `company:${name}`, `company_${name}`])
      yield { type: 'subscribe', action: 'join', event: 'join', channel, room: channel, topic: channel };
  yield { type: 'replay', action: 'replay', since: 0, last_event_id: 0, channel: companyId };
}

interface Ear {
  heard(): string[];
  /** How much was heard before A stirred. */
  joined: number;
  close(): void;
}

async function listen(address: URL, attacker: Attacker, who: Side, of: Side, joins: boolean): Promise<Ear | undefined> {
  const url = new URL(attacker.requestOf(who).url, address);
  url.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url, { headers: who.person.credential, handshakeTimeout: 5000 });
  const texts: string[] = [];
  socket.on('message', (data) => texts.push(String(data)));
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.on('error', () => {});
  if (!opened) return undefined;
  for (const message of words(who, of, joins)) {
    if (socket.readyState !== WebSocket.OPEN) break;
    socket.send(JSON.stringify(message));
    await delay(10);
  }
  await delay(HEARING);
  return { heard: () => texts, joined: texts.length, close: () => socket.terminate() };
}
