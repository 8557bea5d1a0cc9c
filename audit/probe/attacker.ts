import { randomUUID } from 'node:crypto';
import type { Answer, Client, Person, World } from '../../test/harness.ts';
import { bodyFor, isReference, references, valueFor } from './bodies.ts';
import { type Endpoint, idFor } from './endpoints.ts';
import type { Catalog, Seeded } from './seed.ts';

export interface Attack {
  /** Number in the matrix of isolation.md. */
  number: number;
  what: string;
  /** Why it leaked; undefined where the bulkhead held. */
  leak?: string;
}

export interface Side {
  company: Seeded;
  person: Person;
}

/** Attacks one endpoint of the world as B with everything of A's, and says for each attempt whether it held. */
export class Attacker {
  readonly done: Attack[] = [];

  constructor(
    readonly world: World,
    readonly catalog: Catalog,
    readonly a: Side,
    readonly b: Side,
    readonly endpoint: Endpoint,
  ) {}

  get parameters() {
    return this.endpoint.parameters.filter((p) => p.in === 'path');
  }

  /** Parameters of the query string that name rows. */
  get filters() {
    return this.endpoint.parameters.filter((p) => p.in === 'query' && isReference(p.name));
  }

  url(ids: (name: string) => string, query: Record<string, string> = {}): string {
    const path = this.endpoint.path.replace(/\{([^}]+)\}/g, (_, name: string) => ids(name));
    const required = this.endpoint.parameters.filter((p) => p.in === 'query' && p.required);
    const all = {
      ...Object.fromEntries(
        required.map((p) => [p.name, String(valueFor(p.schema, p.name, path, this.b.company, this.catalog))]),
      ),
      ...query,
    };
    const search = new URLSearchParams(all).toString();
    return search ? `${path}?${search}` : path;
  }

  idsOf({ company }: Side) {
    return (name: string) => idFor(name, this.endpoint.path, company, this.catalog) ?? this.texts(name, company);
  }

  /** A path parameter that is no id: a token, an address, a name. */
  texts(name: string, company: Seeded): string {
    return /email/.test(name) ? `someone.${company.canary}@example.com` : company.canary;
  }

  body({ company }: Side): Record<string, unknown> | undefined {
    if (this.endpoint.body === undefined) return undefined;
    return bodyFor(this.endpoint.body, this.endpoint.path, company, this.catalog);
  }

  async send(client: Client, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const { method } = this.endpoint;
    const label = (error: Error) => {
      throw new Error(`${method} ${url.slice(0, 300)}: ${error.message}`, { cause: error });
    };
    if (this.endpoint.media === 'multipart/form-data') {
      const upload = multipart();
      return client
        .call({ method, url, payload: upload.payload, headers: { ...headers, ...upload.headers } })
        .catch(label);
    }
    return client
      .call({ method, url, headers, ...(body === undefined ? {} : { payload: body as object }) })
      .catch(label);
  }

  record(number: number, what: string, answers: Answer[], leak?: string): void {
    const seen = leak ?? answers.map((answer) => this.carries(answer)).find((l) => l !== undefined);
    this.done.push({ number, what, ...(seen === undefined ? {} : { leak: seen }) });
  }

  /** Whether an answer to B holds anything of A's that B did not send itself: its canary, or a fault of ours. */
  carries(answer: Answer): string | undefined {
    if (answer.status >= 500 && answer.status !== 503) return `answered ${answer.status}: ${answer.text.slice(0, 200)}`;
    const whole = `${JSON.stringify(answer.headers)} ${answer.text}`;
    return whole.includes(this.a.company.canary) ? `A's canary came back: ${whole.slice(0, 300)}` : undefined;
  }

  /** B uses A's id: the answer must be that for an id that never was. */
  async sameAsRandom(
    number: number,
    what: string,
    mine: (id: string) => [url: string, body?: unknown],
    theirs: string,
  ): Promise<void> {
    const random = randomUUID();
    const foreign = await this.send(this.b.person, ...mine(theirs));
    const none = await this.send(this.b.person, ...mine(random));
    const same =
      foreign.status === none.status &&
      foreign.text.replaceAll(theirs, random).replace(/"instance":"[^"]*"/, '') ===
        none.text.replace(/"instance":"[^"]*"/, '');
    this.record(
      number,
      what,
      [foreign],
      same
        ? undefined
        : `A's id answers ${foreign.status} ${foreign.text.slice(0, 150)}, a random one ${none.status} ${none.text.slice(0, 150)}`,
    );
  }

  referencesInBody(): string[][] {
    return references(this.endpoint.body);
  }
}

/** A small file that every upload route can read as such. */
function multipart() {
  const boundary = 'probe-boundary';
  const payload = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="probe.csv"\r\ncontent-type: text/csv\r\n\r\nFirst Name,Last Name,Email\r\nProbe,Person,probe@example.com\r\n--${boundary}--\r\n`;
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}
