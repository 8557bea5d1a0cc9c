import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

/** Milliseconds that an answer may take; a server that hangs fails the test. */
const LONGEST = 30_000;
const PAUSE = 100;

/** Somebody who calls an installation that may be down, and keeps on trying until they know what became of a write. */
export class Caller {
  /** Requests whose first attempt brought no clear answer. */
  unclear = 0;

  constructor(
    readonly url: string,
    readonly token: string,
  ) {}

  /** One attempt; undefined where no clear answer came. */
  async attempt(method: string, path: string, body?: object, headers: object = {}): Promise<Reply | undefined> {
    const payload = body instanceof FormData ? body : body && JSON.stringify(body);
    try {
      const answer = await fetch(`${this.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.token}`,
          ...(typeof payload === 'string' && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(payload !== undefined && { body: payload }),
        signal: AbortSignal.timeout(LONGEST),
      });
      const text = await answer.text();
      if (answer.status === 503) return undefined;
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
    } catch (error) {
      if ((error as Error).name === 'TimeoutError') throw new Error(`${method} ${path} hung`);
      return undefined;
    }
  }

  async get(path: string): Promise<Reply> {
    for (;;) {
      const reply = await this.attempt('GET', path);
      if (reply !== undefined) return reply;
      await sleep(PAUSE);
    }
  }

  /** Makes a record, under one key until it is made. */
  async create(path: string, body: object): Promise<Reply['body']> {
    const headers = { 'idempotency-key': randomUUID() };
    for (let attempt = 0; ; attempt += 1) {
      const reply = await this.attempt('POST', path, body, headers);
      if (reply?.status === 201) return reply.body;
      const isUnderWay = reply?.status === 409 && /under way|taken its place/.test(reply.body.detail);
      if (reply !== undefined && !isUnderWay)
        throw new Error(`POST ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
      if (attempt === 0) this.unclear += 1;
      await sleep(PAUSE);
    }
  }

  /** Changes a record from one version to the next; where the answer was lost, the version says whether it was changed. */
  async change(path: string, version: number, body: object, at = path): Promise<Reply['body']> {
    for (let attempt = 0; ; attempt += 1) {
      const reply = await this.attempt('PATCH', at, body, { 'if-match': `"${version}"` });
      if (reply?.status === 200) return reply.body;
      if (reply?.status === 412 && attempt > 0) return (await this.get(path)).body;
      if (reply !== undefined) throw new Error(`PATCH ${at}: ${reply.status} ${JSON.stringify(reply.body)}`);
      if (attempt === 0) this.unclear += 1;
      await sleep(PAUSE);
    }
  }

  async remove(path: string): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const reply = await this.attempt('DELETE', path);
      if (reply?.status === 204 || (reply?.status === 404 && attempt > 0)) return;
      if (reply !== undefined) throw new Error(`DELETE ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
      if (attempt === 0) this.unclear += 1;
      await sleep(PAUSE);
    }
  }
}

/** A company of its own, by the front door. */
export async function register(url: string, name: string): Promise<{ caller: Caller; companyId: string }> {
  const nobody = new Caller(url, '');
  const made = await nobody.attempt('POST', '/api/register/company', {
    company_name: name,
    admin_email: `${randomUUID()}@example.com`,
    admin_password: randomUUID(),
    admin_first_name: 'Ada',
    admin_last_name: name,
  });
  if (made?.status !== 201) throw new Error(JSON.stringify(made));
  return { caller: new Caller(url, made.body.access_token), companyId: made.body.company_id };
}
