import { randomBytes } from 'node:crypto';
import { bodyFor, references } from '../bodies.ts';
import type { Answer, Client, Request } from '../client.ts';
import { type Endpoint, tableFor } from '../endpoints.ts';
import { httpClient, openWire, type Wire } from '../http.ts';
import type { OpenApi } from '../openapi.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { Catalog } from '../seed.ts';
import type { Evidence, Side, Target } from '../target.ts';
import { Acquaintance } from './acquaintance.ts';
import { askedEvidence } from './evidence.ts';
import type { Row } from './harvest.ts';
import type { Login } from './login.ts';
import { makers, nounOf, nounsOf } from './nouns.ts';
import { Stopped, watchFor } from './stop.ts';
import { type Kitchen, type Means, prepare, wayOf } from './ways.ts';

/** A server that is attacked from outside: nothing is known of it but its document and two logins. */
export interface Outside extends Target {
  a: Acquaintance;
  b: Acquaintance;
  wire: Wire;
  /** Whether the recipe tells how one succeeds with an endpoint. */
  isPrepared(endpoint: Endpoint): boolean;
  /** What of an endpoint's parameters is nobody's, as the recipe tells. */
  known(endpoint: Endpoint): Endpoint;
  /** Why the logins are worth nothing any longer; undefined while both are let in. */
  lockedOut(): Promise<string | undefined>;
  /** Deletes what the probe made, where the API lets it. Gives what it could not delete. */
  cleanUp(): Promise<string[]>;
}

export interface Assignment {
  base: URL;
  document: OpenApi;
  endpoints: readonly Endpoint[];
  a: Login;
  b: Login;
  /** Somebody whom A's company sent away. */
  leaver?: Login | undefined;
  /** Requests a second; 0: as many as go. */
  rate: number;
  timed: boolean;
  /** Whether requests that change whole sets of rows may be made. */
  alone: boolean;
  /** What the document does not tell of how requests succeed. */
  recipe?: Recipe | undefined;
  /** What whoever runs the server can give beside the logins. */
  means?: Means | undefined;
  /** Sees more of what became of the rows than the API tells. */
  witness?: ((asked: Evidence) => Promise<Evidence>) | undefined;
}

const canary = () => `canary-${randomBytes(6).toString('hex')}`;

/** Learns all that the two logins can see, and makes rows of every kind that the API makes. */
export async function enter(assignment: Assignment): Promise<Outside> {
  const { endpoints, document } = assignment;
  const mine = new Set<string>();
  const wire = openWire(assignment.base, assignment.rate, watchFor(mine));
  const catalog: Catalog = { tables: new Map(), keys: [] };
  const made = makers(endpoints);
  for (const noun of made.keys()) catalog.tables.set(noun, []);
  const as = (login: Login) => (token: string) => httpClient(wire, login.headers(token));
  const meet = (login: Login) =>
    new Acquaintance(as(login)(login.token), login, canary(), catalog, mine, assignment.means?.domain);
  const [a, b] = [meet(assignment.a), meet(assignment.b)];
  for (const one of [a, b]) await settle(one, endpoints, made);

  const kitchen: Kitchen = {
    recipe: assignment.recipe,
    means: assignment.means ?? {},
    endpoints,
    as: (login) => as(login)(login.token),
    bearing: (token) => (token === undefined ? httpClient(wire, {}) : as(assignment.b)(token)),
  };
  // Colleagues of A's act for A.
  const ofA = new Set([a.login.token]);
  const whose = (side: Side) => (ofA.has(side.person.token) ? a : b);
  const prepared: Target['prepared'] = async (state, endpoint, role) => {
    const one = role === 'a' ? a : b;
    const way = wayOf(kitchen, endpoint);
    if (way !== undefined) {
      const side = await prepare(kitchen, one, role, way);
      if (role === 'a') ofA.add(side.person.token);
      return side;
    }
    if (endpoint.method === 'GET' && state.name !== 'fresh') return one.side();
    const [rows, others] = [await renew(one, endpoint, made), await renew(one, endpoint, made)];
    if (state.name === 'deleted' && !(await remove(one, endpoint, endpoints, rows))) return undefined;
    return one.side(rows, others);
  };

  const keyed = Object.values(document.components?.securitySchemes ?? {}).find(
    ({ type, in: where, name }) => type === 'apiKey' && where === 'header' && name !== undefined,
  );
  const keyOf = ({ company }: Side) => keyIn(KEYS.map((noun) => company.rows.get(noun)).find(Boolean));
  // A colleague who may lose their login has a key of their own.
  const spareKey = async ({ person, company }: Side): Promise<unknown> => {
    const endpoint = KEYS.map((noun) => made.get(noun)).find((one) => one !== undefined);
    if (endpoint === undefined || person.token === a.login.token || person.token === b.login.token) return undefined;
    const filling = { rows: company.rows, canary: company.canary, token: '', marks: true };
    const payload = endpoint.body && bodyFor(endpoint.body, endpoint.path, filling, catalog);
    return keyIn((await person.call({ method: 'POST', url: endpoint.path, payload })).body);
  };
  const keys = {
    of: async (side: Side) => String((await spareKey(side)) ?? keyOf(side)),
    as: (key: string) =>
      httpClient(wire, keyed ? { [String(keyed.name).toLowerCase()]: key } : { authorization: `Bearer ${key}` }),
  };
  const door = endpoints.find(
    ({ method, scope, path }) => method === 'GET' && scope !== 'public' && !path.includes('{'),
  );

  const asked = askedEvidence(endpoints, made, whose);

  return {
    a,
    b,
    wire,
    catalog,
    evidence: (await assignment.witness?.(asked)) ?? asked,
    anonymous: httpClient(wire, {}),
    superAdmin: assignment.means?.staff && kitchen.as(assignment.means.staff),
    leaver: assignment.leaver && as(assignment.leaver)(assignment.leaver.token),
    as: as(assignment.b),
    states: (endpoint) =>
      wayOf(kitchen, endpoint) !== undefined
        ? [{ name: 'prepared', isPrepared: true }]
        : [{ name: 'plain' }, ...(/\/(restore|undelete|recover)$/.test(endpoint.path) ? [{ name: 'deleted' }] : [])],
    isPrepared: (endpoint) => wayOf(kitchen, endpoint) !== undefined,
    known(endpoint) {
      const everybodys = wayOf(kitchen, endpoint)?.everybodys;
      return everybodys === undefined ? endpoint : { ...endpoint, everybodys };
    },
    prepared,
    async stir(side) {
      const one = whose(side);
      const first = made.values().next().value;
      if (first !== undefined) await one.make(first);
    },
    expired: undefined,
    keys: keyOf(a.side()) && keyOf(b.side()) ? keys : undefined,
    address: async () => assignment.base,
    forgetJobs: async () => {},
    workOff: async () => {},
    timed: assignment.timed,
    strict: false,
    alone: assignment.alone,
    planted: new Set(),
    async lockedOut() {
      if (door === undefined) return undefined;
      for (const [name, one] of [
        ['A', a],
        ['B', b],
      ] as const) {
        const { status } = await one.client.call({ method: 'GET', url: door.path });
        if (status === 401) return `${name}'s login is no longer taken (${status} at ${door.path})`;
      }
      return undefined;
    },
    cleanUp: async () =>
      assignment.means?.sweeps ? [] : [...(await sweep(a, endpoints)), ...(await sweep(b, endpoints))],
  };
}

const KEYS = ['api_keys', 'apikeys', 'keys'];
const keyIn = (row: Row | undefined): unknown => row?.key ?? row?.secret ?? row?.api_key ?? row?.token;

/** Looks, makes two of everything, and looks again at what that led to. */
async function settle(one: Acquaintance, endpoints: readonly Endpoint[], made: Map<string, Endpoint>): Promise<void> {
  await one.look(endpoints);
  for (const store of [one.rows, one.others]) {
    const waiting = new Set(made);
    // What hangs on another kind of row waits for it.
    for (let before = -1; before !== waiting.size && waiting.size > 0; ) {
      before = waiting.size;
      for (const entry of waiting) {
        const row = await one.make(entry[1], new Map([...one.rows, ...store]));
        if (row === undefined) continue;
        store.set(entry[0], row);
        waiting.delete(entry);
      }
    }
  }
  await one.look(endpoints);
}

/** New rows of the kinds that a request names, so that none but these are changed. */
async function renew(
  one: Acquaintance,
  { path, parameters, body }: Endpoint,
  made: Map<string, Endpoint>,
): Promise<Map<string, Row>> {
  const names = [
    ...parameters.filter((p) => p.in === 'path').map(({ name }) => name),
    ...references(body).map(({ name }) => name),
  ];
  const fresh = new Map<string, Row>();
  const nouns = names.map((name) => tableFor(name, path, one.catalog));
  // What changes whole sets finds something to change.
  if (!path.includes('{')) nouns.push(...nounsOf(path).filter((noun) => made.has(noun)));
  for (const noun of nouns) {
    const endpoint = noun === undefined ? undefined : made.get(noun);
    if (noun === undefined || endpoint === undefined || fresh.has(noun)) continue;
    const row = await one.make(endpoint, new Map([...one.rows, ...fresh]));
    if (row !== undefined) fresh.set(noun, row);
  }
  return fresh;
}

async function remove(
  one: Acquaintance,
  { path }: Endpoint,
  endpoints: readonly Endpoint[],
  rows: ReadonlyMap<string, Row>,
): Promise<boolean> {
  const item = path.replace(/\/[^/]+$/, '');
  const deletion = endpoints.find((endpoint) => endpoint.method === 'DELETE' && endpoint.path === item);
  const url = deletion && one.pathOf(deletion, new Map([...one.rows, ...rows]));
  return url !== undefined && (await one.client.call({ method: 'DELETE', url })).status < 300;
}

async function sweep(one: Acquaintance, endpoints: readonly Endpoint[]): Promise<string[]> {
  const left: string[] = [];
  const deletions = endpoints.filter(({ method }) => method === 'DELETE');
  for (const { endpoint, path, id } of one.made.reverse()) {
    const noun = nounOf(endpoint.path);
    const deletion =
      deletions.find((other) => other.path.replace(/\/\{[^}]+\}$/, '') === endpoint.path && other.path.endsWith('}')) ??
      deletions.find((other) => other.path.endsWith('}') && nounOf(other.path) === noun);
    const url = deletion?.path.startsWith(endpoint.path)
      ? `${path}/${encodeURIComponent(id)}`
      : deletion && one.pathOf(deletion, new Map([...one.rows, [noun, { id }]]));
    const status = url === undefined ? 405 : (await quietly(one.client, { method: 'DELETE', url })).status;
    if (status >= 300 && status !== 404 && status !== 410) left.push(`${path}/${id}`);
  }
  return left;
}

const quietly = (client: Client, request: Request): Promise<Pick<Answer, 'status'>> =>
  client.call(request).catch((error: Error) => {
    if (error instanceof Stopped) return { status: 599 };
    throw error;
  });
