import { setTimeout as delay } from 'node:timers/promises';
import { bodyFor } from '../bodies.ts';
import type { Answer, Client, Request } from '../client.ts';
import type { Endpoint } from '../endpoints.ts';
import type { Recipe, Step, Way } from '../recipe/recipe.ts';
import { filled, type Pantry } from '../recipe/values.ts';
import { NotPrepared, type Side } from '../target.ts';
import { form, samples, tableOf } from '../uploads.ts';
import type { Acquaintance } from './acquaintance.ts';
import { harvest, type Row } from './harvest.ts';
import type { Login } from './login.ts';
import { nounOf } from './nouns.ts';

/** Somebody of a company who may lose their login. */
export interface Spare {
  login: Login;
  userId: string;
  email: string;
  password: string;
  sessionId?: string | undefined;
}

/** What whoever runs the server can give beside two logins. */
export interface Means {
  /** Of the platform's staff. */
  staff?: Login | undefined;
  /** The domain of invented addresses: nobody may get their letters. */
  domain?: string | undefined;
  /** Whether all that the attack made is deleted afterwards without the API. */
  sweeps?: boolean;
  spare?(role: 'a' | 'b', email: string): Promise<Spare>;
  /** Whatever a recipe asks for by a name that nothing else goes by. */
  give?(role: 'a' | 'b', name: string, spare: Spare | undefined): Promise<string | undefined>;
}

export interface Kitchen {
  recipe: Recipe | undefined;
  means: Means;
  endpoints: readonly Endpoint[];
  /** Whoever this login logs in. */
  as(login: Login): Client;
  /** Whoever has such a token; nobody without one. */
  bearing(token: string | undefined): Client;
}

/** The way to succeed with an endpoint that the recipe tells; a server's address may put a path before its own. */
export const wayOf = ({ recipe }: Kitchen, { method, path }: Endpoint): Way | undefined =>
  recipe?.endpoints[`${method} ${path}`] ??
  Object.entries(recipe?.endpoints ?? {}).find(([title]) => isNamed(title, { method, path }))?.[1];

const isNamed = (title: string, { method, path }: Pick<Endpoint, 'method' | 'path'>) => {
  const [verb, end = ''] = title.split(' ');
  return verb === method && path.endsWith(end) && end.split('/').length > 2;
};

/** Does what must be done before the request: gives who makes it, on which rows, and with what. @throws NotPrepared */
export async function prepare(kitchen: Kitchen, one: Acquaintance, role: 'a' | 'b', way: Way): Promise<Side> {
  const known: Record<string, unknown> = {};
  const fresh = new Map<string, Row>();
  let spare: Spare | undefined;
  const pantry: Pantry = {
    known,
    means: async (name) =>
      name === 'new email'
        ? one.newAddress()
        : name === 'new word'
          ? one.newWord()
          : kitchen.means.give?.(role, name, spare),
  };
  const cook = { kitchen, one, pantry, known, fresh };
  try {
    const side = one.side();
    Object.assign(known, { canary: one.canary, user: side.person.userId, company: side.company.companyId });
    if (way.spare !== undefined) {
      spare = await spareFor(cook, role);
      known.spare = { email: spare.email, password: spare.password, user: spare.userId, token: spare.login.token };
      fresh.set('users', { id: spare.userId, email: spare.email });
      if (spare.sessionId !== undefined) fresh.set('sessions', { id: spare.sessionId });
    }
    const caller = spare !== undefined && way.spare === 'caller' ? spare.login : undefined;
    for (const step of way.before ?? []) await take(cook, step, caller);
    const given = {
      path: texts(await filled(way.path ?? {}, pantry)),
      query: texts(await filled(way.query ?? {}, pantry)),
      body: (await filled(way.body ?? {}, pantry)) as Record<string, unknown>,
      accepted: Object.keys(way.accepted ?? {}).map(Number),
    };
    const made = one.side(fresh, fresh, caller && { login: caller, client: kitchen.as(caller) });
    const as = way.as === undefined ? undefined : await callerOf(cook, way.as);
    return { ...made, given, ...(as && { caller: as }) };
  } catch (error) {
    if (error instanceof Unfit) throw new NotPrepared(error.message);
    if (error instanceof Error && /^nobody here can|^\{.*is not in the answer$/.test(error.message))
      throw new NotPrepared(error.message);
    throw error;
  }
}

class Unfit extends Error {}

interface Cook {
  kitchen: Kitchen;
  one: Acquaintance;
  pantry: Pantry;
  known: Record<string, unknown>;
  fresh: Map<string, Row>;
}

async function spareFor(cook: Cook, role: 'a' | 'b'): Promise<Spare> {
  const { means, recipe } = cook.kitchen;
  if (means.spare !== undefined) return means.spare(role, cook.one.newAddress());
  const told = recipe?.spare;
  if (told === undefined) throw new Unfit('nobody tells how a colleague is made who may lose their login');
  for (const step of told.before) await take(cook, step, undefined);
  const of = async (template: string) => String(await filled(template, cook.pantry));
  const token = await of(told.login);
  return {
    login: { ...cook.one.login, token },
    userId: await of(told.user),
    email: await of(told.email),
    password: told.password === undefined ? '' : await of(told.password),
  };
}

async function callerOf({ kitchen, one, pantry }: Cook, as: string | undefined): Promise<Client> {
  if (as === undefined) return one.client;
  if (as === 'nobody') return kitchen.bearing(undefined);
  if (as !== 'staff') return kitchen.bearing(String(await filled(as, pantry)));
  if (kitchen.means.staff === undefined) throw new Unfit('no login of the platform’s staff was lent');
  return kitchen.as(kitchen.means.staff);
}

async function take(cook: Cook, step: Step, caller: Login | undefined): Promise<void> {
  const { kitchen, one, known, fresh } = cook;
  const [method = '', path = ''] = step.call.split(' ');
  const endpoint =
    kitchen.endpoints.find((other) => other.method === method && other.path === path) ??
    kitchen.endpoints.find((other) => isNamed(step.call, other));
  if (endpoint === undefined) throw new Unfit(`the recipe calls ${step.call}, which the document does not know`);
  const client = step.as === undefined && caller !== undefined ? kitchen.as(caller) : await callerOf(cook, step.as);
  const request = await requestOf(cook, step, endpoint);
  const wanted = Object.entries(step.until ?? {});
  const fits = ({ body }: Answer) => wanted.every(([name, values]) => values.includes(String(body?.[name])));
  let answer = await client.call(request);
  for (let i = 0; i < 120 && answer.status < 300 && !fits(answer); i += 1) {
    await delay(250);
    answer = await client.call(request);
  }
  if (answer.status >= 300)
    throw new Unfit(`beforehand, ${step.call} was answered ${answer.status} ${answer.text.slice(0, 150)}`);
  if (!fits(answer)) throw new Unfit(`beforehand, ${step.call} never came to ${JSON.stringify(step.until)}`);
  if (step.keep !== undefined) known[step.keep] = answer.body;
  for (const found of harvest(answer.body, nounOf(endpoint.path))) one.ids.add(String(found.row.id));
  if (step.row === undefined) return;
  const row = harvest(answer.body, step.row).find(({ noun }) => noun === step.row)?.row;
  if (row === undefined) throw new Unfit(`the answer to ${step.call} holds no row of ${step.row}`);
  fresh.set(step.row, row);
  if (!one.catalog.tables.has(step.row)) one.catalog.tables.set(step.row, []);
  if (step.as === undefined) one.own(endpoint, request.url, String(row.id));
}

async function requestOf({ one, pantry, fresh }: Cook, step: Step, endpoint: Endpoint): Promise<Request> {
  const rows = new Map([...one.rows, ...fresh]);
  const named = texts(await filled(step.path ?? {}, pantry));
  const path = endpoint.path.replace(/\{([^}]+)\}/g, (hole, name: string) =>
    named[name] === undefined ? hole : encodeURIComponent(named[name]),
  );
  const place = one.pathOf({ ...endpoint, path }, rows);
  if (place === undefined) throw new Unfit(`${step.call} names something that is not known`);
  const search = new URLSearchParams(texts(await filled(step.query ?? {}, pantry)));
  const url = search.size > 0 ? `${place}?${search}` : place;
  const filling = { rows, canary: one.newWord(), token: '', marks: true, domain: one.domain };
  if (step.file !== undefined) {
    const sample = samples.find(({ name }) => name.endsWith(`.${step.file}`)) as (typeof samples)[number];
    const content = await sample.content(tableOf({ ...filling, rows: one.strangers(filling.canary) }));
    return { method: endpoint.method, url, ...form({ ...sample, content }) };
  }
  const made = endpoint.body && bodyFor(endpoint.body, endpoint.path, filling, one.catalog);
  const payload = made && { ...made, ...((await filled(step.body ?? {}, pantry)) as object) };
  return { method: endpoint.method, url, payload };
}

const texts = (values: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(values as object).map(([name, value]) => [name, String(value)]));
