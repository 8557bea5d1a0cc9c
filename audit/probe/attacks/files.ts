import type { Attacker } from '../attacker.ts';
import { isReference } from '../bodies.ts';
import type { Answer } from '../client.ts';
import type { Side } from '../target.ts';
import { type AttackKind, never } from './kind.ts';

const FILES = /file|avatar|image|photo|picture|logo|attachment|document|media|upload|download/i;
/** An address that its own signature opens, whoever asks. */
const SIGNED = /"((?:https?:\/\/|\/)[^"\s]*[?&](?:[\w-]*sig[\w-]*|token|hash|expires)=[^"]+)"/gi;

export const filesOfA: AttackKind = {
  number: 19,
  name: 'files, avatars, signed addresses',
  async run(attacker) {
    const { a, b, endpoint } = attacker;
    if (!FILES.test(endpoint.path)) return 'it hands out no file and takes none';
    if (attacker.isOpen) return 'it is public: it hands out what everybody may have';
    for (const { name } of attacker.parameters.filter(({ name, schema }) => isReference(name, schema))) {
      const theirs = attacker.valueOf(name, a, 'path');
      await attacker.sameAs(`A's ${name}`, (value) => ({ path: { [name]: value } }), theirs, never(theirs));
    }
    if (endpoint.upload)
      await attacker.tries('a file that is named as if it lay with A', {
        fileName: `../${a.company.companyId}/${a.company.canary}.png`,
      });
    if (endpoint.method === 'GET') await signedAddresses(attacker, b);
    return attacker.attempts.length === 0 ? 'it names no file of A’s' : undefined;
  },
  movesA: true,
};

async function signedAddresses(attacker: Attacker, b: Side): Promise<void> {
  const { target, endpoint, shape } = attacker;
  const a = (await target.prepared({ ...shape.state, name: 'fresh' }, endpoint, 'a')) ?? attacker.a;
  const [theirs, own] = [await addresses(attacker, a), await addresses(attacker, b)];
  const [place, mine] = [theirs.at(-1), own.at(-1)];
  if (place === undefined) return;
  const get = (url: string) => target.anonymous.call({ method: 'GET', url });
  const whole = await get(place);
  const opened = (answer: Answer) =>
    answer.status < 300 && answer.text === whole.text ? `A's file came: ${answer.text.slice(0, 100)}` : undefined;
  const control = whole.status < 300;
  const url = new URL(place, 'http://local');
  const tries: Record<string, string> = { 'no signature': url.pathname };
  if (mine !== undefined) tries["A's file with B's signature"] = url.pathname + new URL(mine, 'http://local').search;
  for (const [name, value] of url.searchParams) {
    const changed = new URL(url);
    changed.searchParams.set(
      name,
      /^\d+$/.test(value)
        ? String(Number(value) + 3600)
        : value.replace(/.{4}$/, (end) => (end === 'aaaa' ? 'bbbb' : 'aaaa')),
    );
    tries[`another ${name}`] = changed.pathname + changed.search;
  }
  for (const [what, place] of Object.entries(tries)) attacker.record(what, opened(await get(place)), control);
  // Once A has deleted it, the address is worth nothing.
  const id = [...a.company.rows.values()]
    .map((row) => String(row.id))
    .find((one) => one.length > 8 && url.pathname.includes(one));
  const item = id === undefined ? undefined : `${endpoint.path.replace(/\/\{[^}]+\}.*$/, '')}/${id}`;
  if (item !== undefined && (await a.person.call({ method: 'DELETE', url: item })).status < 300)
    attacker.record('the address of a file that A deleted', opened(await get(place)), control);
}

async function addresses(attacker: Attacker, side: Side): Promise<string[]> {
  const { text } = await attacker.send(attacker.caller(side), side);
  return [...text.matchAll(SIGNED)].map(([, place = '']) => place).filter((place) => place.startsWith('/'));
}
