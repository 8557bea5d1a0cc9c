import { createHmac } from 'node:crypto';
import type { Attacker } from '../attacker.ts';
import type { Answer, Client } from '../client.ts';
import { type AttackKind, never } from './kind.ts';

const PUBLIC = 'it is public: it asks for no token';
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Where the document does not say that one must be logged in, an answer to a stranger is a leak by what it holds. */
const saysNothing = (attacker: Attacker, answer: Answer) =>
  attacker.endpoint.scope === 'untold' && attacker.leakIn(answer, attacker.sentBy(attacker.a, {})) === undefined;

async function refuses(attacker: Attacker, what: string, client: Client): Promise<void> {
  const answer = await attacker.send(client, attacker.a);
  const held = attacker.target.strict ? answer.status === 401 : answer.status >= 300 || saysNothing(attacker, answer);
  attacker.record(what, held ? undefined : `answered ${answer.status}: ${answer.text.slice(0, 150)}`);
}

export const namedCompany: AttackKind = {
  number: 20,
  name: 'company in header, host, query or path',
  async run(attacker) {
    const { a, endpoint, query } = attacker;
    const { companyId, canary } = a.company;
    const headers = {
      'x-company-id': companyId,
      'x-tenant-id': companyId,
      'x-organization-id': companyId,
      'x-forwarded-host': `${companyId}.example.com`,
      host: `${companyId}.example.com`,
      'x-original-url': `/api/companies/${companyId}`,
      'x-rewrite-url': `/api/companies/${companyId}`,
      'x-user-id': a.person.userId,
      cookie: `company_id=${companyId}; tenant=${companyId}`,
      'x-company': canary.replace('canary', 'name'),
    };
    await attacker.tries('in a header', { headers });
    const asks = new Set(query.map(({ name }) => name));
    for (const name of ['company_id', 'tenant', 'companyId', 'as']) {
      // A route that describes its query refuses what it does not know; one that has none may ignore it.
      if (!asks.has(name))
        await attacker.tries(`?${name}`, { query: { [name]: companyId } }, asks.size > 0 && endpoint.scope !== 'super');
    }
    return undefined;
  },
};

/** Claims that say which company it is, in whatever words. */
const COMPANY_CLAIM = /^(cid|tid|oid)$|company|tenant|org|account|workspace|customer/i;

function readClaims(token: string): Record<string, unknown> | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    return JSON.parse(Buffer.from(parts[1] as string, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** B's claims, with those of A's that say who or which company it is; undefined where tokens say nothing. */
function swappedClaims({ a, b }: Attacker): Record<string, object> | undefined {
  const [theirs, own] = [readClaims(a.person.token), readClaims(b.person.token)];
  if (theirs === undefined || own === undefined) return undefined;
  const differing = Object.entries(theirs).filter(([name, value]) => own[name] !== value);
  const company = differing.filter(([name]) => COMPANY_CLAIM.test(name));
  const later = { ...own, exp: 4_000_000_000 };
  return {
    "A's company": { ...later, ...Object.fromEntries(company) },
    "all of A's": { ...later, ...Object.fromEntries(differing.filter(([name]) => !/^(iat|exp|nbf)$/.test(name))) },
  };
}

function forgeries(token: string, claims: object): Record<string, string> {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const sign = (head: object, key: string) => {
    const text = `${encode(head)}.${encode(claims)}`;
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  };
  return {
    'alg none': `${encode({ alg: 'none' })}.${encode(claims)}.`,
    'alg none, signed': `${encode({ alg: 'None' })}.${encode(claims)}.${signature}`,
    'empty key, kid of a file': sign({ alg: 'HS256', kid: '../../dev/null' }, ''),
    'empty key, kid of an empty file': sign({ alg: 'HS256', kid: '../../../../../../dev/null' }, ''),
    'a key that everybody guesses': sign({ alg: 'HS256', typ: 'JWT' }, 'secret'),
    'claims swapped under an old signature': `${header}.${encode(claims)}.${signature}`,
    'claims swapped, own signature over the old': `${header}.${encode(claims)}.${createHmac('sha256', 'secret').update(payload).digest('base64url')}`,
  };
}

export const badTokens: AttackKind = {
  number: 21,
  name: 'forged, swapped and stale tokens',
  async run(attacker) {
    if (attacker.isOpen) return PUBLIC;
    const { target, a, b } = attacker;
    for (const [whose, claims] of Object.entries(swappedClaims(attacker) ?? {}))
      for (const [what, token] of Object.entries(forgeries(b.person.token, claims)))
        await refuses(attacker, `${what}, with ${whose}`, target.as(token));
    await refuses(attacker, 'the token cut short', target.as(b.person.token.slice(0, -3)));
    await refuses(attacker, 'two tokens', target.as(`${b.person.token} ${a.person.token.slice(0, 20)}`));
    if (target.leaver !== undefined) await refuses(attacker, 'stale, after removal', target.leaver);
    return undefined;
  },
};

export const crossedKeys: AttackKind = {
  number: 22,
  name: 'API keys and refresh tokens across',
  async run(attacker) {
    if (attacker.isOpen) return PUBLIC;
    const { target, a, b, parameters, endpoint } = attacker;
    if (target.keys === undefined) return 'the API hands out no keys that the probe knows of';
    const { keys } = target;
    const key = await keys.of(b);
    const known = a.company.rows.get('api_keys');
    for (const [what, token] of Object.entries({
      ...(target.strict && { 'a session id for a key': `bhk_${String(a.company.rows.get('sessions')?.id)}` }),
      ...(known?.prefix !== undefined && { "what A's key begins with": `bhk_${String(known.prefix)}` }),
      "A's refresh token for an access token": attacker.filling(a, 'path').token,
      "the name of A's key for the key": String(known?.id ?? a.company.companyId),
      'a key cut short': key.slice(0, -1),
    })) {
      await refuses(attacker, what, keys.as(token));
    }
    if (endpoint.scope === 'super') return undefined;
    const holder = await attacker.another();
    const works = (await attacker.send(keys.as(await keys.of(holder)), holder)).status < 300;
    const path = Object.fromEntries(parameters.map(({ name }) => [name, attacker.valueOf(name, a, 'path')]));
    const none = Object.fromEntries(Object.entries(path).map(([name, id]) => [name, never(id)]));
    const [theirs, nobodys] = [
      await attacker.send(keys.as(key), b, { path }),
      await attacker.send(keys.as(key), b, { path: none }),
    ];
    attacker.sees("B's key and A's ids", theirs, JSON.stringify(path));
    const alike = parameters.length === 0 || theirs.status === nobodys.status;
    attacker.record(
      "B's key: A's ids and nobody's",
      alike ? undefined : `${theirs.status}, ${nobodys.status}`,
      works || undefined,
    );
    return undefined;
  },
};

export const strangers: AttackKind = {
  number: 32,
  name: 'no token, public links',
  async run(attacker) {
    const { target, a, parameters } = attacker;
    if (!attacker.isOpen) {
      for (const [what, authorization] of [
        ['no token', ''],
        ...(target.strict
          ? ([
              ['another scheme', `Basic ${attacker.a.person.token}`],
              ['no scheme', attacker.a.person.token],
            ] as const)
          : []),
      ] as const) {
        const answer = await attacker.send(target.anonymous, a, {
          headers: authorization ? { authorization } : {},
        });
        const held = target.strict ? answer.status === 401 : answer.status >= 300 || saysNothing(attacker, answer);
        attacker.record(what, held ? undefined : `answered ${answer.status}`);
      }
      return undefined;
    }
    // A link's secret is A's guest; everything else of A's is not.
    const { companyId, rows, others } = a.company;
    const ids = [companyId, ...[...rows.values(), ...others.values()].map(({ id }) => String(id))];
    const marks = new Set(ids.filter((id) => id !== ''));
    await attacker.tries('the plain question', {});
    for (const { name } of parameters) {
      for (const id of marks) await attacker.tries(`${name} is an id of A's`, { path: { [name]: id } });
    }
    const texts = Object.keys(attacker.endpoint.body?.properties ?? {}).filter((name) => /token/.test(name));
    for (const name of texts) {
      for (const id of marks)
        await attacker.tries(`${name} is an id of A's`, { body: (own) => ({ ...own, [name]: id }) }, true);
    }
    return undefined;
  },
};
