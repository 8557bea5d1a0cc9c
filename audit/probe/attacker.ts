import type { InjectOptions } from 'fastify';
import type { Answer, Client } from '../../test/harness.ts';
import { bodyFor, type Filling, isReference, type Reference, references, valueFor } from './bodies.ts';
import { type Endpoint, idFor } from './endpoints.ts';
import { different, leakIn } from './evidence.ts';
import type { House, Side } from './house.ts';
import { tokenOf } from './seed.ts';
import { openPrepared, type Shape } from './shape.ts';
import { form, tableOf } from './uploads.ts';

/** One try of an attack. */
export interface Attempt {
  what: string;
  /** What leaked; undefined where the bulkhead held. */
  leak: string | undefined;
  /** Whether the company's own admin succeeds where the attacker must not; undefined: the endpoint's control says so. */
  control: boolean | undefined;
}

export type Values = Readonly<Record<string, string>>;

/** What of an ordinary request an attack exchanges. */
export interface Changes {
  path?: Values;
  query?: Readonly<Record<string, string | readonly string[]>>;
  body?: (own: Record<string, unknown>) => unknown;
  /** Whose rows the file and all other ids name. */
  filling?: Filling;
  /** Text fields beside the file. */
  fields?: Values;
  fileName?: string;
  headers?: Values;
}

interface Plan {
  url: string;
  body: unknown;
  headers: Values;
}

/** Attacks one endpoint as B, with what is A's. */
export class Attacker {
  attempts: Attempt[] = [];

  constructor(
    readonly house: House,
    readonly endpoint: Endpoint,
    readonly shape: Shape,
    readonly a: Side,
    readonly b: Side,
  ) {}

  get changes(): boolean {
    return this.endpoint.method !== 'GET';
  }

  get isOpen(): boolean {
    return this.endpoint.scope === 'public' || this.endpoint.scope === 'webhook';
  }

  get parameters() {
    return this.endpoint.parameters.filter((p) => p.in === 'path');
  }

  get query() {
    return this.endpoint.parameters.filter((p) => p.in === 'query');
  }

  get references(): Reference[] {
    return references(this.endpoint.body);
  }

  asks(name: string): boolean {
    return this.query.some((parameter) => parameter.name === name);
  }

  /** Who may call the endpoint for a company. */
  caller({ person }: Side): Client {
    if (this.isOpen) return this.house.world.anonymous;
    const { superAdmin } = this.house;
    return this.endpoint.scope === 'super' || this.shape.caller === 'super' ? superAdmin : person;
  }

  /** Who attacks: a logged-in person of B, wherever one must be logged in. */
  get attacker(): Client {
    return this.isOpen ? this.house.world.anonymous : this.b.person;
  }

  filling({ company }: Side, of: 'path' | 'references'): Filling {
    const { [this.shape[of]]: rows, companyId, canary } = company;
    const token = tokenOf(companyId, this.shape[of] === 'rows' ? canary : `${canary}-2`);
    return { rows, canary, token, known: this.shape.known };
  }

  /** What stands for a parameter or field in a company: an id, or a text where it is no id. */
  valueOf(name: string, side: Side, of: 'path' | 'references' = 'references'): string {
    const { rows, canary, token } = this.filling(side, of);
    if (/(^|_)token$/.test(name)) return token;
    if (/email/.test(name)) return String(side.company.rows.get('users')?.email);
    return idFor(name, this.endpoint.path, rows, this.house.catalog) ?? canary;
  }

  requestOf(side: Side, changes: Changes = {}): Plan {
    const { endpoint, shape, house } = this;
    const filling = changes.filling ?? this.filling(side, 'references');
    const path = endpoint.path.replace(
      /\{([^}]+)\}/g,
      (_, name: string) => changes.path?.[name] ?? encodeURIComponent(this.valueOf(name, side, 'path')),
    );
    const search = new URLSearchParams();
    const wanted = (p: (typeof this.query)[number]) => p.required || (shape.full && isReference(p.name, p.schema));
    for (const { name, schema } of this.query.filter(wanted)) {
      search.set(name, String(valueFor(schema, name, endpoint.path, filling, house.catalog)));
    }
    for (const [name, value] of Object.entries(changes.query ?? {})) {
      search.delete(name);
      for (const one of [value].flat()) search.append(name, one);
    }
    const own = endpoint.body && bodyFor(endpoint.body, endpoint.path, filling, house.catalog, shape.full);
    return {
      url: search.size > 0 ? `${path}?${search}` : path,
      body: own === undefined ? undefined : (changes.body?.(own) ?? own),
      headers: changes.headers ?? {},
    };
  }

  /** Sends the ordinary request of a company, with some of it exchanged. */
  async send(client: Client, side: Side, changes: Changes = {}): Promise<Answer> {
    const { url, body, headers } = this.requestOf(side, changes);
    const options = { method: this.endpoint.method, url, ...(await this.payload(side, changes, body, headers)) };
    return client.call(options as InjectOptions).catch((error: Error) => {
      throw new Error(`${options.method} ${url.slice(0, 300)}: ${error.message}`, { cause: error });
    });
  }

  async payload(
    side: Side,
    changes: Changes,
    body: unknown,
    headers: Values,
  ): Promise<Pick<InjectOptions, 'payload' | 'headers'>> {
    const { sample } = this.shape;
    if (sample !== undefined) {
      const content = await sample.content(tableOf(changes.filling ?? this.filling(side, 'references')));
      const upload = form({ ...sample, name: changes.fileName ?? sample.name, content }, changes.fields);
      return { payload: upload.payload, headers: { ...headers, ...upload.headers } };
    }
    return { headers, ...(body === undefined ? {} : { payload: body as object }) };
  }

  /** All that a request said: what of it comes back, tells nothing. */
  sentBy(side: Side, changes: Changes): string {
    const file = this.shape.sample && tableOf(changes.filling ?? this.filling(side, 'references'));
    return JSON.stringify([this.requestOf(side, changes), changes, file]);
  }

  record(what: string, leak: string | undefined, control?: boolean): void {
    this.attempts.push({ what, leak, control });
  }

  /** Sends something of A's as B, and looks whether anything of A's that was not sent comes back. */
  async tries(what: string, changes: Changes, refused = false, control?: boolean): Promise<Answer> {
    const answer = await this.send(this.attacker, this.b, changes);
    const sent = this.sentBy(this.b, changes);
    const taken =
      refused && answer.status < 300 ? `was taken: ${answer.status} ${answer.text.slice(0, 150)}` : undefined;
    this.record(what, leakIn(answer, this.a, sent) ?? taken, control);
    return answer;
  }

  /** Looks at an answer to B that was got in another way. */
  sees(what: string, answer: Answer, sent: string): void {
    this.record(what, leakIn(answer, this.a, sent));
  }

  /** Another B, as the shape wants it: the one before may have been changed by what it did. */
  async another(): Promise<Side> {
    return (await openPrepared(this.house, this.shape)) as Side;
  }

  /** Whether a company's own admin succeeds with such a request. */
  async succeeds(changes: (side: Side) => Changes): Promise<boolean> {
    const side = await this.another();
    return (await this.send(this.caller(side), side, changes(side))).status < 300;
  }

  /** B names something of A's: the answer must be that for something that never was. */
  async sameAs(
    what: string,
    changes: (value: string, side: Side) => Changes,
    theirs: string,
    none: string,
    control?: boolean,
  ): Promise<void> {
    const [one, two] = this.changes ? [await this.another(), await this.another()] : [this.b, this.b];
    const caller = (side: Side) => (this.isOpen ? this.house.world.anonymous : side.person);
    const foreign = await this.send(caller(one), one, changes(theirs, one));
    const random = await this.send(caller(two), two, changes(none, two));
    const leak = leakIn(foreign, this.a, this.sentBy(one, changes(theirs, one)));
    const differs = different({ answer: foreign, side: one, used: theirs }, { answer: random, side: two, used: none });
    this.record(what, leak ?? differs, control);
  }
}
