import { createHmac } from 'node:crypto';
import type { Client } from '../../../test/harness.ts';
import type { Attacker } from '../attacker.ts';
import { apiKeyOf } from '../house.ts';
import { type AttackKind, never } from './kind.ts';

const PUBLIC = 'it is public: it asks for no token';
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function refuses(attacker: Attacker, what: string, client: Client): Promise<void> {
  const answer = await attacker.send(client, attacker.a);
  attacker.record(what, answer.status === 401 ? undefined : `answered ${answer.status}: ${answer.text.slice(0, 150)}`);
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

export const badTokens: AttackKind = {
  number: 21,
  name: 'forged, swapped and stale tokens',
  async run(attacker) {
    if (attacker.isOpen) return PUBLIC;
    const { house, a, b } = attacker;
    const { world } = house;
    const claims = {
      sid: b.person.sessionId,
      cid: a.company.companyId,
      iss: 'bulkhead',
      aud: 'bulkhead',
      exp: 4_000_000_000,
    };
    const [header = '', payload = '', signature = ''] = b.person.token.split('.');
    const head = `${encode({ alg: 'HS256', kid: '../../dev/null' })}.${encode(claims)}`;
    const tokens = {
      'alg none': `${encode({ alg: 'none' })}.${encode(claims)}.`,
      'alg none, signed': `${encode({ alg: 'None' })}.${encode(claims)}.${signature}`,
      'empty key, kid of a file': `${head}.${createHmac('sha256', '').update(head).digest('base64url')}`,
      'claims swapped under an old signature': `${header}.${encode(claims)}.${signature}`,
      'claims swapped, own signature over the old': `${header}.${encode(claims)}.${createHmac('sha256', 'secret').update(payload).digest('base64url')}`,
      'the token cut short': b.person.token.slice(0, -3),
      'two tokens': `${b.person.token} ${a.person.token.slice(0, 20)}`,
    };
    for (const [what, token] of Object.entries(tokens)) await refuses(attacker, what, world.as(token));
    await refuses(attacker, 'stale, after removal', house.leaver);
    return undefined;
  },
};

export const crossedKeys: AttackKind = {
  number: 22,
  name: 'API keys and refresh tokens across',
  async run(attacker) {
    if (attacker.isOpen) return PUBLIC;
    const { house, a, b, parameters, endpoint } = attacker;
    const { world } = house;
    const key = await apiKeyOf(house, b);
    for (const [what, token] of Object.entries({
      'a session id for a key': `bhk_${a.person.sessionId}`,
      "what A's key begins with": `bhk_${String(a.company.rows.get('api_keys')?.prefix)}`,
      "A's refresh token for an access token": attacker.filling(a, 'path').token,
      'a key cut short': key.slice(0, -1),
    })) {
      await refuses(attacker, what, world.as(token));
    }
    if (endpoint.scope === 'super') return undefined;
    const holder = await attacker.another();
    const works = (await attacker.send(world.as(await apiKeyOf(house, holder)), holder)).status < 300;
    const path = Object.fromEntries(parameters.map(({ name }) => [name, attacker.valueOf(name, a, 'path')]));
    const none = Object.fromEntries(Object.entries(path).map(([name, id]) => [name, never(id)]));
    const [theirs, nobodys] = [
      await attacker.send(world.as(key), b, { path }),
      await attacker.send(world.as(key), b, { path: none }),
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
    const { house, a, parameters } = attacker;
    if (!attacker.isOpen) {
      for (const [what, authorization] of [
        ['no token', ''],
        ['another scheme', `Basic ${attacker.a.person.token}`],
        ['no scheme', attacker.a.person.token],
      ] as const) {
        const answer = await attacker.send(house.world.anonymous, a, {
          headers: authorization ? { authorization } : {},
        });
        attacker.record(what, answer.status === 401 ? undefined : `answered ${answer.status}`);
      }
      return undefined;
    }
    // A link's secret is A's guest; everything else of A's is not.
    const { companyId, rows, others } = a.company;
    const marks = new Set([companyId, ...[...rows.values(), ...others.values()].map(({ id }) => String(id))]);
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
