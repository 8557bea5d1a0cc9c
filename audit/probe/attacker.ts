import { never } from './attacks/kind.ts';
import { bodyFor, type Filling, isReference, type Reference, references, valueFor } from './bodies.ts';
import type { Answer, Client, Request } from './client.ts';
import { type Endpoint, idFor } from './endpoints.ts';
import { different, leakIn, wordsOf } from './evidence.ts';
import type { Shape } from './shape.ts';
import { NotPrepared, type Side, type Target } from './target.ts';
import { form, tableOf } from './uploads.ts';

/** One try of an attack. */
export interface Attempt {
  what: string;
  /** What leaked; undefined where the bulkhead held. */
  leak: string | undefined;
  /** The request that it was, where it is one. */
  request?: Request | undefined;
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

/** Whether the answer says that the caller was let in. */
export const lets = ({ given }: Side, { status }: Answer): boolean =>
  status < 300 || (given?.accepted.includes(status) ?? false);

/** Attacks one endpoint as B, with what is A's. */
export class Attacker {
  attempts: Attempt[] = [];
  #last: Request | undefined;

  constructor(
    readonly target: Target,
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
  caller({ person, caller }: Side): Client {
    if (caller !== undefined) return caller;
    if (this.isOpen) return this.target.anonymous;
    const { superAdmin } = this.target;
    return (this.endpoint.scope === 'super' || this.shape.caller === 'super' ? superAdmin : undefined) ?? person;
  }

  /** Who attacks: a logged-in person of B, wherever one must be logged in. */
  get attacker(): Client {
    return this.isOpen ? this.target.anonymous : this.b.person;
  }

  filling({ company }: Side, of: 'path' | 'references'): Filling {
    const which = this.shape[of];
    return {
      rows: company[which],
      canary: company.canary,
      token: company.secrets[which],
      known: this.shape.known,
      domain: company.domain,
    };
  }

  /** What stands for a parameter or field in a company: an id, or a text where it is no id. */
  valueOf(name: string, side: Side, of: 'path' | 'references' = 'references'): string {
    const prepared = of === 'path' ? side.given?.path[name] : (side.given?.body[name] ?? side.given?.query[name]);
    if (typeof prepared === 'string') return prepared;
    const { rows, canary, token } = this.filling(side, of);
    if (/(^|_)token$/.test(name)) return token;
    if (/email/.test(name)) return String(side.company.rows.get('users')?.email);
    return idFor(name, this.endpoint.path, rows, this.target.catalog) ?? canary;
  }

  requestOf(side: Side, changes: Changes = {}): Plan {
    const { endpoint, shape, target } = this;
    const filling = { word: side.company.newWord?.(), ...(changes.filling ?? this.filling(side, 'references')) };
    const path = endpoint.path
      .replace(
        /\{([^}]+)\}/g,
        (_, name: string) => changes.path?.[name] ?? encodeURIComponent(this.valueOf(name, side, 'path')),
      )
      .replace(/\*$/, (rest) => side.given?.path[rest] ?? rest);
    const search = new URLSearchParams();
    const wanted = (p: (typeof this.query)[number]) => p.required || (shape.full && isReference(p.name, p.schema));
    for (const { name, schema } of this.query.filter(wanted)) {
      search.set(name, String(valueFor(schema, name, endpoint.path, filling, target.catalog)));
    }
    for (const [name, value] of Object.entries({ ...side.given?.query, ...changes.query })) {
      search.delete(name);
      for (const one of [value].flat()) search.append(name, one);
    }
    const made = endpoint.body && bodyFor(endpoint.body, endpoint.path, filling, target.catalog, shape.full);
    const own = made && { ...made, ...side.given?.body };
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
    this.#last = options;
    const answer = await client.call(options).catch((error: Error) => {
      throw new Error(`${options.method} ${url.slice(0, 300)}: ${error.message}`, { cause: error });
    });
    if (side.company.canary !== this.a.company.canary && lets(side, answer)) this.#plant(JSON.stringify([url, body]));
    return answer;
  }

  async payload(
    side: Side,
    changes: Changes,
    body: unknown,
    headers: Values,
  ): Promise<Pick<Request, 'payload' | 'headers'>> {
    const { sample } = this.shape;
    if (sample !== undefined) {
      const content = await sample.content(tableOf(changes.filling ?? this.filling(side, 'references')));
      const upload = form({ ...sample, name: changes.fileName ?? sample.name, content }, changes.fields);
      return { payload: upload.payload, headers: { ...headers, ...upload.headers } };
    }
    return { headers, ...(body === undefined ? {} : { payload: body as object }) };
  }

  /** What B wrote of A's words may come back to it later on. */
  #plant(written: string): void {
    for (const word of written.match(wordsOf(this.a)) ?? []) this.target.planted.add(word);
  }

  /** All that a request said: what of it comes back, tells nothing. */
  sentBy(side: Side, changes: Changes): string {
    const file = this.shape.sample && tableOf(changes.filling ?? this.filling(side, 'references'));
    return JSON.stringify([this.requestOf(side, changes), changes, file]);
  }

  leakIn(answer: Answer, sent: string, of: Side = this.a): string | undefined {
    return leakIn(answer, of, sent, this.target);
  }

  record(what: string, leak: string | undefined, control?: boolean): void {
    this.attempts.push({ what, leak, control, request: this.#last });
  }

  /** Sends something of A's as B, and looks whether anything of A's that was not sent comes back. */
  async tries(what: string, changes: Changes, refused = false, control?: boolean): Promise<Answer> {
    const answer = await this.send(this.attacker, this.b, changes);
    const sent = this.sentBy(this.b, changes);
    const taken =
      refused && this.target.strict && answer.status < 300
        ? `was taken: ${answer.status} ${answer.text.slice(0, 150)}`
        : undefined;
    this.record(what, this.leakIn(answer, sent) ?? taken, control);
    return answer;
  }

  /** Looks at an answer to B that was got in another way. */
  sees(what: string, answer: Answer, sent: string): void {
    this.record(what, this.leakIn(answer, sent));
  }

  /** Another B, as the shape wants it: the one before may have been changed by what it did. */
  async another(): Promise<Side> {
    const side = await this.target.prepared(this.shape.state, this.endpoint, 'b');
    if (side === undefined)
      throw new NotPrepared(`no second company could be brought into the state ${this.shape.state.name}`);
    return side;
  }

  /** Whether a company's own admin succeeds with such a request. */
  async succeeds(changes: (side: Side) => Changes): Promise<boolean> {
    const side = await this.another();
    return lets(side, await this.send(this.caller(side), side, changes(side)));
  }

  /** Whether answers about something of A's come later than those about what never was: over interleaved samples. */
  async sameTime(what: string, changes: (value: string) => Changes, theirs: string): Promise<void> {
    if (!this.target.timed) return;
    const took = async (value: string) => {
      const start = performance.now();
      await this.send(this.attacker, this.b, changes(value));
      return performance.now() - start;
    };
    const sample = async (times: number) => {
      const differences: number[] = [];
      for (let i = 0; i < times; i += 1) differences.push((await took(theirs)) - (await took(never(theirs))));
      differences.sort((one, other) => one - other);
      return { middle: differences[times >> 1] as number, least: differences[Math.floor(times / 5)] as number };
    };
    const late = ({ middle, least }: { middle: number; least: number }) => middle > 8 && least > 4;
    const first = await sample(5);
    // A suspicion is looked into more closely before it is said.
    const second = late(first) ? await sample(15) : first;
    const ms = Math.round(second.middle);
    this.record(what, late(second) ? `A's are answered ${ms} ms later than one that never was` : undefined);
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
    const caller = (side: Side) => (this.isOpen ? this.target.anonymous : side.person);
    const foreign = await this.send(caller(one), one, changes(theirs, one));
    const asked = this.#last;
    const random = await this.send(caller(two), two, changes(none, two));
    const leak = this.leakIn(foreign, this.sentBy(one, changes(theirs, one)));
    const differs = different({ answer: foreign, side: one, used: theirs }, { answer: random, side: two, used: none });
    if (leak === undefined && differs !== undefined && !this.target.strict) {
      // Answers that differ by themselves from one unknown name to the next prove nothing.
      const again = never(none);
      const third = await this.send(caller(two), two, changes(again, two));
      const noise = different({ answer: random, side: two, used: none }, { answer: third, side: two, used: again });
      if (noise !== undefined && [random.status, third.status].includes(foreign.status))
        return this.record(what, undefined, control);
    }
    this.#last = asked;
    this.record(what, leak ?? differs, control);
  }
}
