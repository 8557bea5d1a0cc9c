import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import type { Attacker } from '../attacker.ts';
import type { Side } from '../house.ts';
import type { AttackKind } from './kind.ts';

const LIVE = /realtime|real-time|socket|\/ws\b|websocket|\/live|\/stream|\/channels?$|\/events\/subscribe/i;
/** Milliseconds in which what is told arrives. */
const HEARING = 400;

export const realtime: AttackKind = {
  number: 23,
  name: 'live changes: join, replay',
  movesA: true,
  async run(attacker) {
    const { a, b, endpoint, house } = attacker;
    if (endpoint.method !== 'GET' || !LIVE.test(endpoint.path)) return 'it tells nothing live';
    const open = async (who: Side, of: Side) => listen(await house.address(), attacker, who, of);
    const own = await open(a, a);
    if (own === undefined) return 'it opens no socket';
    const strange = await open(b, a);
    const nobody = await open({ ...b, person: { ...b.person, token: '', credential: {} } }, a);
    await house.stir(a);
    await delay(HEARING);
    const control = own.heard().length > own.joined;
    for (const [what, socket] of [["B in A's channels", strange], ['nobody in A’s channels', nobody]] as const) {
      const answer = { status: 101, headers: {}, body: undefined, text: (socket?.heard() ?? []).join('\n') };
      attacker.record(what, attacker.leakIn(answer, ''), control);
      // B's own ear must not stir when A moves.
      const after = (socket?.heard() ?? []).slice(socket?.joined ?? 0);
      const quiet = after.filter((text) => !/ping|pong|presence/i.test(text));
      attacker.record(`${what}: stirs with A`, quiet.length > 0 ? `heard ${quiet[0]?.slice(0, 150)}` : undefined, control);
    }
    for (const socket of [own, strange, nobody]) socket?.close();
    return undefined;
  },
};

/** Logs in and joins in the ways that servers know; what one does not understand it ignores, or hangs up. */
function* words(who: Side, of: Side): Generator<object> {
  const { token } = who.person;
  if (token !== '') yield { type: 'auth', access_token: token, token };
  const { companyId, rows } = of.company;
  const names = [companyId, of.person.userId, rows.get('contacts')?.id, rows.get('deals')?.id].filter(Boolean).map(String);
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

async function listen(address: URL, attacker: Attacker, who: Side, of: Side): Promise<Ear | undefined> {
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
  for (const message of words(who, of)) {
    if (socket.readyState !== WebSocket.OPEN) break;
    socket.send(JSON.stringify(message));
    await delay(10);
  }
  await delay(HEARING);
  return { heard: () => texts, joined: texts.length, close: () => socket.terminate() };
}
