import { randomInt } from 'node:crypto';
import type { Attacker } from '../attacker.ts';
import type { AttackKind } from './kind.ts';

export const caches: AttackKind = {
  number: 26,
  name: 'what A warmed in a cache; ETag; Vary',
  movesA: true,
  async run(attacker) {
    const { a, endpoint } = attacker;
    if (endpoint.method !== 'GET') return 'nothing of it is kept in a cache';
    if (attacker.isOpen) return 'it is public: it says the same to everybody';
    const { url: plain } = attacker.requestOf(a);
    const word = attacker.asks('limit') ? `limit=${randomInt(20, 100)}` : `_=${randomInt(1e9)}`;
    // What a cache keeps of the plain address may be older than A's rows: another is asked for here the first time.
    for (const url of [plain, `${plain}${plain.includes('?') ? '&' : '?'}${word}`]) await warmed(attacker, url);
    return undefined;
  },
};

async function warmed(attacker: Attacker, url: string): Promise<void> {
  const { a, target } = attacker;
  const ask = (headers: Record<string, string> = {}) => attacker.attacker.call({ method: 'GET', url, headers });
  const caller = attacker.caller(a);
  const warm = await caller.call({ method: 'GET', url });
  await caller.call({ method: 'GET', url });
  const holdsA = attacker.leakIn(warm, url) !== undefined;
  attacker.sees('the same address, after A', await ask(), url);
  const { etag, vary = '', 'cache-control': kept = '' } = warm.headers;
  if (etag !== undefined) {
    const answer = await ask({ 'if-none-match': String(etag) });
    attacker.record("A's ETag", answer.status === 304 && holdsA ? 'B is told that A’s answer still holds' : undefined);
  }
  const shared =
    /public|s-maxage/.test(String(kept)) &&
    !/private|no-store/.test(String(kept)) &&
    !/authorization|cookie|\*/i.test(String(vary));
  const told = shared && holdsA ? `cache-control: ${kept}, vary: ${vary}: the next in line gets A's answer` : undefined;
  attacker.record('caches between', told);
  attacker.sees('nobody, after A', await target.anonymous.call({ method: 'GET', url }), url);
}
