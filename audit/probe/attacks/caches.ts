import type { AttackKind } from './kind.ts';

export const caches: AttackKind = {
  number: 26,
  name: 'what A warmed in a cache; ETag; Vary',
  async run(attacker) {
    const { a, endpoint, house } = attacker;
    if (endpoint.method !== 'GET') return 'nothing of it is kept in a cache';
    if (attacker.isOpen) return 'it is public: it says the same to everybody';
    const { url } = attacker.requestOf(a);
    const ask = (headers: Record<string, string> = {}) => attacker.attacker.call({ method: 'GET', url, headers });
    const caller = attacker.caller(a);
    const warm = await caller.call({ method: 'GET', url });
    await caller.call({ method: 'GET', url });
    const holdsA = attacker.leakIn(warm, url) !== undefined;
    attacker.sees('the same address, after A', await ask(), url);
    const { etag, 'last-modified': modified, vary = '', 'cache-control': kept = '' } = warm.headers;
    if (etag !== undefined) {
      const answer = await ask({ 'if-none-match': String(etag) });
      attacker.record("A's ETag", answer.status === 304 && holdsA ? 'B is told that A’s answer still holds' : undefined);
    }
    if (modified !== undefined) await ask({ 'if-modified-since': String(modified) });
    const shared = /public|s-maxage/.test(String(kept)) && !/private|no-store/.test(String(kept)) && !/authorization|cookie|\*/i.test(String(vary));
    attacker.record('caches between', shared && holdsA ? `cache-control: ${kept}, vary: ${vary}: the next in line gets A's answer` : undefined);
    const answer = await house.anonymous.call({ method: 'GET', url });
    attacker.sees('nobody, after A', answer, url);
    return undefined;
  },
};
