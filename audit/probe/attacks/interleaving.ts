import http from 'node:http';
import https from 'node:https';
import type { Attacker } from '../attacker.ts';
import type { Side } from '../target.ts';
import type { AttackKind } from './kind.ts';

const EACH = 6;

/** Milliseconds after which a request is given up: some before, some in the middle of the statement, some never. */
const PATIENCE = [undefined, 0, 2, undefined, 5, 1];

export const interleaving: AttackKind = {
  number: 27,
  name: 'two companies at once on one connection, with aborts',
  movesA: true,
  async run(attacker) {
    const { endpoint, target } = attacker;
    if (attacker.isOpen) return 'it is public: it runs for no company';
    if (endpoint.scope === 'super') return 'it runs for the platform, not for a company';
    const { state } = attacker.shape;
    const one = (await target.prepared(state, endpoint, 'a')) as Side;
    const two = await attacker.another();
    const address = await target.address();
    const both = [
      [one, two],
      [two, one],
    ] as const;
    // What an earlier attack wrote there itself is no news.
    const strays = () => Promise.all(both.map(([side, other]) => target.evidence.strays(side, other.company.canary)));
    const before = (await strays()).flat();
    const requests = Array.from({ length: EACH }, (_, i) => [
      ask(address, attacker, one, PATIENCE[i]),
      ask(address, attacker, two, PATIENCE[EACH - 1 - i]),
    ]);
    const answers = await Promise.all(requests.flat());
    const control = answers.some((answer) => answer !== undefined && answer.status < 300) || undefined;
    answers.forEach((answer, i) => {
      const other = i % 2 === 0 ? two : one;
      if (answer !== undefined)
        attacker.record(i % 2 === 0 ? 'the one' : 'the other', attacker.leakIn(answer, '', other), control);
    });
    for (const places of await strays()) {
      const wrong = places.filter((place) => !before.includes(place));
      attacker.record('what was written', wrong.length > 0 ? `in the wrong company: ${wrong}` : undefined, control);
    }
    return undefined;
  },
};

const agent = new http.Agent({ keepAlive: true, maxSockets: 2 * EACH });

/** Over a socket, so that giving up is what it is in life. Undefined where it was given up. */
async function ask(address: URL, attacker: Attacker, side: Side, patience: number | undefined) {
  const { url, body, headers } = attacker.requestOf(side);
  const sent = await attacker.payload(side, {}, body, headers);
  const payload =
    sent.payload === undefined || Buffer.isBuffer(sent.payload)
      ? sent.payload
      : Buffer.from(JSON.stringify(sent.payload));
  const options: http.RequestOptions = {
    protocol: address.protocol,
    hostname: address.hostname,
    port: address.port,
    method: attacker.endpoint.method,
    path: url,
    headers: {
      ...side.person.credential,
      ...(payload && { 'content-type': 'application/json', 'content-length': payload.length }),
      ...(sent.headers as http.OutgoingHttpHeaders),
    },
  };
  const over = address.protocol === 'https:' ? https : http;
  return new Promise<{ status: number; text: string; headers: http.IncomingHttpHeaders; body: unknown } | undefined>(
    (resolve) => {
      const request = over.request({ ...options, agent: over === http ? agent : undefined }, (response) => {
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
