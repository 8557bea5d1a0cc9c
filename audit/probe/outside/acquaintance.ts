import { bodyFor, type Filling, isReference } from '../bodies.ts';
import type { Client } from '../client.ts';
import { type Endpoint, idFor } from '../endpoints.ts';
import type { Catalog } from '../seed.ts';
import type { Side } from '../target.ts';
import { type Found, harvest, type Row } from './harvest.ts';
import type { Login } from './login.ts';
import { nounOf } from './nouns.ts';

/** A row that the probe itself made. */
export interface Made {
  endpoint: Endpoint;
  path: string;
  id: string;
}

const COMPANIES = ['companies', 'tenants', 'organizations', 'organisations', 'orgs', 'accounts', 'workspaces'];

/** All that is known of one of the two companies: learned from the API's own answers to it, and made through it. */
export class Acquaintance {
  readonly rows = new Map<string, Row>();
  readonly others = new Map<string, Row>();
  readonly made: Made[] = [];
  #count = 0;
  /** How each kind of row was made the first time. */
  readonly #full = new Map<string, boolean>();

  constructor(
    readonly client: Client,
    readonly login: Login,
    readonly canary: string,
    readonly catalog: Catalog,
    /** Every id that was ever seen of either company. */
    readonly ids: Set<string>,
    /** Of invented addresses. */
    readonly domain?: string | undefined,
  ) {}

  /** A word that nobody used yet, with the company's canary. */
  newWord(): string {
    this.#count += 1;
    return `${this.canary}-r${this.#count.toString(36)}`;
  }

  newAddress(): string {
    return `${this.newWord()}@${this.domain ?? 'example.com'}`;
  }

  /** A person whom nobody knows yet. */
  strangers(word: string): Map<string, Row> {
    return new Map([['contacts', { id: '', email: `${word}@${this.domain ?? 'example.com'}`, phone: '' }]]);
  }

  /** Remembers a row that was made on its behalf. */
  own(endpoint: Endpoint, path: string, id: string): void {
    this.ids.add(id);
    if (endpoint.method === 'POST') this.made.push({ endpoint, path: path.split('?')[0] as string, id });
  }

  /** As a side of an attack; `fresh` rows in the place of those that are known, `who` in that of its person. */
  side(
    fresh: ReadonlyMap<string, Row> = new Map(),
    others: ReadonlyMap<string, Row> = new Map(),
    who: { login: Login; client: Client } = { login: this.login, client: this.client },
  ): Side {
    const rows = new Map([...this.rows, ...fresh]);
    const second = new Map([...this.rows, ...this.others, ...others]);
    const companyId = COMPANIES.map((noun) => this.rows.get(noun)?.id).find((id) => id !== undefined);
    if (companyId !== undefined && !rows.has('companies')) rows.set('companies', { id: companyId });
    return {
      company: {
        companyId: companyId === undefined ? '' : String(companyId),
        canary: this.canary,
        rows,
        others: second,
        secrets: {
          rows: secretIn(rows) ?? `${this.canary}-secret`,
          others: secretIn(second) ?? `${this.canary}-secret2`,
        },
        domain: this.domain,
        newWord: () => this.newWord(),
      },
      person: {
        ...who.client,
        token: who.login.token,
        credential: who.login.headers(who.login.token),
        companyId: String(companyId ?? ''),
        userId: String(rows.get('users')?.id ?? ''),
      },
    };
  }

  learn(found: readonly Found[]): void {
    for (const { noun, row } of found) {
      const id = String(row.id);
      this.ids.add(id);
      if (!this.catalog.tables.has(noun)) this.catalog.tables.set(noun, []);
      const known = this.rows.get(noun);
      // A whole row says more than the id of one.
      if (known === undefined || (known.id === id && Object.keys(row).length > Object.keys(known).length))
        this.rows.set(noun, row);
      else if (known.id !== id && !this.others.has(noun) && Object.keys(row).length > 1) this.others.set(noun, row);
    }
  }

  /** The path with the company's ids in it; undefined where one is not known. */
  pathOf({ path, parameters }: Endpoint, rows: ReadonlyMap<string, Row> = this.rows): string | undefined {
    let whole = true;
    const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => {
      const id = idFor(name, path, rows, this.catalog) ?? parameterIn(rows.get(nounOf(path)), name);
      whole &&= id !== undefined && parameters.length > 0;
      return encodeURIComponent(String(id));
    });
    return whole || parameters.every((p) => p.in !== 'path') ? filled : undefined;
  }

  /** Asks for all that can be read without naming anything, and for what it leads to. */
  async look(endpoints: readonly Endpoint[]): Promise<void> {
    for (const endpoint of endpoints) {
      if (endpoint.method !== 'GET' || endpoint.parameters.some((p) => p.in === 'query' && p.required)) continue;
      const path = this.pathOf(endpoint);
      if (path === undefined) continue;
      const { status, body } = await this.client.call({ method: 'GET', url: path });
      if (status < 300) this.learn(harvest(body, nounOf(endpoint.path)));
    }
  }

  /** Makes a row; undefined where the API refuses. */
  async make(endpoint: Endpoint, rows: ReadonlyMap<string, Row> = this.rows): Promise<Row | undefined> {
    const path = this.pathOf(endpoint, rows);
    if (path === undefined) return undefined;
    const noun = nounOf(endpoint.path);
    // What went well the first time may not any longer: the owner it named may be gone.
    const first = this.#full.get(noun) ?? true;
    const tries = [first, !first];
    for (const full of tries) {
      const filling: Filling = { rows, canary: this.newWord(), token: '', marks: true, domain: this.domain };
      const payload = endpoint.body && bodyFor(endpoint.body, endpoint.path, filling, this.catalog, full);
      if (payload && !full) mark(payload, endpoint, filling);
      const answer = await this.client.call({ method: 'POST', url: path, payload });
      if (answer.status >= 300) continue;
      this.#full.set(noun, full);
      const found = harvest(answer.body, noun);
      const own = found.find((one) => one.noun === noun)?.row ?? located(answer.headers.location);
      if (own === undefined) return undefined;
      const row = { ...payload, ...own };
      this.ids.add(String(own.id));
      this.made.push({ endpoint, path, id: String(own.id) });
      for (const one of found) this.ids.add(String(one.row.id));
      return row;
    }
    return undefined;
  }
}

/** Fills the texts that need not be there but may: they carry the canary. */
function mark(payload: Record<string, unknown>, { body, path }: Endpoint, filling: Filling): void {
  for (const [name, schema] of Object.entries(body?.properties ?? {}))
    if (
      payload[name] === undefined &&
      schema.type === 'string' &&
      !schema.enum &&
      !schema.format &&
      !isReference(name, schema)
    )
      payload[name] = bodyFor({ required: [name], properties: { [name]: schema } }, path, filling, {
        tables: new Map(),
        keys: [],
      })[name];
}

const located = (location: unknown): Row | undefined =>
  typeof location === 'string' ? { id: location.split('/').filter(Boolean).at(-1) } : undefined;

/** A parameter by the name that the row itself has for it: a slug, a number, a name. */
function parameterIn(row: Row | undefined, name: string): string | undefined {
  const value = row?.[name] ?? row?.id;
  return value === undefined ? undefined : String(value);
}

function secretIn(rows: ReadonlyMap<string, Row>): string | undefined {
  for (const row of rows.values()) {
    const value = row.token ?? row.secret ?? row.share_token;
    if (typeof value === 'string') return value;
  }
  return undefined;
}
