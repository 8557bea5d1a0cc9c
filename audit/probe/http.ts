import http from 'node:http';
import https from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, Client, Request } from './client.ts';

/** Milliseconds after which a request is given up. */
const PATIENCE = 30_000;

/** Lets so many requests through each second, evenly; 0: as many as come. */
export class Pace {
  sent = 0;
  #next = 0;

  constructor(readonly perSecond: number) {}

  async wait(): Promise<void> {
    this.sent += 1;
    if (this.perSecond === 0) return;
    const now = Date.now();
    const at = Math.max(now, this.#next);
    this.#next = at + 1000 / this.perSecond;
    if (at > now) await delay(at - now);
  }
}

/** Called with each answer before anybody else sees it. It throws where the run must stop. */
export type Watch = (request: Request, answer: Answer) => void;

export interface Wire {
  base: URL;
  pace: Pace;
  watch?: Watch | undefined;
  close(): void;
}

const agents = { 'http:': http.Agent, 'https:': https.Agent } as const;

/** Whoever these headers log in, over HTTP. Addresses go as they are: `..` and `%00` are part of an attack. */
export function httpClient(wire: Wire & { agent: http.Agent }, credential: Readonly<Record<string, string>>): Client {
  const send = async (request: Request): Promise<Answer> => {
    await wire.pace.wait();
    const { payload } = request;
    const plain = payload === undefined || typeof payload === 'string' || Buffer.isBuffer(payload);
    const content = plain ? (payload as string | Buffer | undefined) : JSON.stringify(payload);
    const headers = {
      ...(content !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(content),
      }),
      ...credential,
      ...request.headers,
    };
    const answer = await exchange(wire, request, headers, content);
    wire.watch?.(request, answer);
    return answer;
  };
  return { call: send };
}

function exchange(
  { base, agent }: Wire & { agent: http.Agent },
  { method, url }: Request,
  headers: http.OutgoingHttpHeaders,
  content: string | Buffer | undefined,
): Promise<Answer> {
  const over = base.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const request = over.request(
      {
        protocol: base.protocol,
        hostname: base.hostname,
        port: base.port,
        method,
        path: sendable(url),
        headers,
        agent,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () => resolve(read(response, Buffer.concat(parts).toString())));
      },
    );
    request.setTimeout(PATIENCE, () => request.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)));
    request.once('error', reject);
    request.end(content);
  });
}

/** What no request line can hold is escaped; all else stays. */
const sendable = (url: string) => url.replace(/[^\x21-\x7e]/g, (letter) => encodeURIComponent(letter));

function read(response: http.IncomingMessage, text: string): Answer {
  const { statusCode = 0, headers } = response;
  let body: unknown;
  if (/json/.test(String(headers['content-type'])) && text !== '') {
    try {
      body = JSON.parse(text);
    } catch {
      body = undefined;
    }
  }
  return { status: statusCode, headers, text, body };
}

/** The way to a server, kept open until it is closed. */
export function openWire(base: URL, perSecond: number, watch?: Watch): Wire & { agent: http.Agent } {
  const agent = new agents[base.protocol as 'http:']({ keepAlive: true, maxSockets: 8 });
  return { base, pace: new Pace(perSecond), watch, agent, close: () => agent.destroy() };
}
