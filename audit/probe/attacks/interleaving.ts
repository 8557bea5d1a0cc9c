import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Attacker } from '../attacker.ts';
import { bleeding, leakIn } from '../evidence.ts';
import type { Side } from '../house.ts';
import type { AttackKind } from './kind.ts';

const EACH = 6;

/** Milliseconds after which a request is given up: some before, some in the middle of the statement, some never. */
const PATIENCE = [undefined, 0, 2, undefined, 5, 1];

export const interleaving: AttackKind = {
  number: 27,
  name: 'two companies at once on one connection, with aborts',
  movesA: true,
  async run(attacker) {
    const { endpoint, house } = attacker;
    if (attacker.isOpen) return 'it is public: it runs for no company';
    if (endpoint.scope === 'super') return 'it runs for the platform, not for a company';
    const { world, catalog } = house;
    const [one, two] = [await attacker.another(), await attacker.another()];
    if (!world.app.server.listening) await world.app.listen({ port: 0, host: '127.0.0.1' });
    const requests = Array.from({ length: EACH }, (_, i) => [
      ask(attacker, one, PATIENCE[i]),
      ask(attacker, two, PATIENCE[EACH - 1 - i]),
    ]);
    const answers = await Promise.all(requests.flat());
    const control = answers.some((answer) => answer !== undefined && answer.status < 300) || undefined;
    answers.forEach((answer, i) => {
      const other = i % 2 === 0 ? two : one;
      if (answer !== undefined)
        attacker.record(i % 2 === 0 ? 'the one' : 'the other', leakIn(answer, other, ''), control);
    });
    for (const [side, other] of [
      [one, two],
      [two, one],
    ] as const) {
      const tables = await bleeding(world.admin, catalog, side.person.companyId, other.company.canary);
      attacker.record('what was written', tables.length > 0 ? `in the wrong company: ${tables}` : undefined, control);
    }
    return undefined;
  },
};

const agent = new http.Agent({ keepAlive: true, maxSockets: 2 * EACH });

/** Over a socket, so that giving up is what it is in life. Undefined where it was given up. */
async function ask(attacker: Attacker, side: Side, patience: number | undefined) {
  const { app } = attacker.house.world;
  const { url, body, headers } = attacker.requestOf(side);
  const sent = await attacker.payload(side, {}, body, headers);
  const payload =
    sent.payload === undefined || Buffer.isBuffer(sent.payload)
      ? sent.payload
      : Buffer.from(JSON.stringify(sent.payload));
  const options: http.RequestOptions = {
    agent,
    host: '127.0.0.1',
    port: (app.server.address() as AddressInfo).port,
    method: attacker.endpoint.method,
    path: url,
    headers: {
      authorization: `Bearer ${side.person.token}`,
      ...(payload && { 'content-type': 'application/json', 'content-length': payload.length }),
      ...(sent.headers as http.OutgoingHttpHeaders),
    },
  };
  return new Promise<{ status: number; text: string; headers: http.IncomingHttpHeaders; body: unknown } | undefined>(
    (resolve) => {
      const request = http.request(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, text, headers: response.headers, body: undefined }),
        );
        response.once('error', () => resolve(undefined));
      });
      request.once('error', () => resolve(undefined));
      request.once('close', () => resolve(undefined));
      if (patience !== undefined) setTimeout(() => request.destroy(), patience);
      request.end(payload);
    },
  );
}
