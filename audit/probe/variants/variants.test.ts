import { afterAll, expect, it } from 'vitest';
import { titleOf } from '../endpoints.ts';
import { endpointsIn } from '../openapi.ts';
import { type ProbeOptions, probe } from '../probe.ts';
import { routesOf } from './app.ts';
import { live } from './live.ts';
import { type Route, type Running, serve } from './server.ts';
import { Store } from './store.ts';
import { tokenReader } from './tokens.ts';
import { variants } from './variants.ts';

const running: Running[] = [];
afterAll(() => Promise.all(running.map((one) => one.close())));

/** A server with a fault, or with none, attacked as one would attack a stranger's: with its document and two logins. */
async function attack(bug: string | undefined, options: ProbeOptions = {}) {
  const store = new Store();
  const has = (one: string) => one === bug;
  const readToken = tokenReader(store, has);
  const [a, b] = [store.join('a@example.com'), store.join('b@example.com')];
  const gone = store.join('gone@example.com', a.company);
  gone.row.gone = true;
  const socket: Route = { method: 'GET', path: '/api/realtime', answer: () => ({ status: 426 }) };
  const server = await serve([...routesOf(store, has), socket], readToken);
  running.push(server);
  live(server, store, has, readToken);
  const login = (token: string) => ({ token, headers: (text: string) => ({ authorization: `Bearer ${text}` }) });
  return probe(
    {
      base: server.base,
      document: server.document,
      endpoints: endpointsIn(server.document),
      a: login(a.token),
      b: login(b.token),
      leaver: login(gone.token),
      rate: 0,
      timed: bug === 'a later answer',
      alone: true,
    },
    options,
  );
}

it.each(variants)('sees “$bug” by attack $attack at $at', async ({ bug, attack: number, at }) => {
  const { cells } = await attack(bug, { only: { endpoint: at, attacks: [number] } });
  expect(cells.map(({ endpoint, number, outcome, reason }) => ({ endpoint, number, outcome, reason }))).toEqual([
    expect.objectContaining({ endpoint: at, number, outcome: 'leaked' }),
  ]);
});

it('knows at least forty faults, of every attack of the matrix', () => {
  expect(variants.length).toBeGreaterThanOrEqual(40);
  expect([...new Set(variants.map(({ attack }) => attack))].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 32 }, (_, i) => i + 1),
  );
});

it('raises no alarm at the same server without a fault, and reaches all of it', {
  timeout: 300_000,
}, async () => {
  const result = await attack(undefined);
  const told = (outcome: string) =>
    result.cells
      .filter((cell) => cell.outcome === outcome)
      .map(({ endpoint, number, reason }) => `${endpoint} ${number}: ${reason}`);
  expect(told('leaked')).toEqual([]);
  expect(result.stopped).toBeUndefined();
  expect(told('not reached')).toEqual([]);
  expect(new Set(result.endpoints.map((one) => titleOf(one as never))).size).toBe(result.endpoints.length);
});
