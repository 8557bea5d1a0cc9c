import { createHmac, randomUUID } from 'node:crypto';
import type { Attacker } from './attacker.ts';
import { isReference } from './bodies.ts';
import { idFor } from './endpoints.ts';

const NONE = '01900000-0000-7000-8000-000000000000';

/** Everything that applies to the attacker's endpoint. */
export async function attackAll(attacker: Attacker): Promise<void> {
  await tokenAttacks(attacker);
  await pathAttacks(attacker);
  await bodyAttacks(attacker);
  await queryAttacks(attacker);
}

/** 1-4: every method with A's ids in the path; 5: B's parent with A's child, and the reverse; 30: the id in disguise. */
export async function pathAttacks(attacker: Attacker): Promise<void> {
  const { endpoint, a, b, parameters } = attacker;
  if (parameters.length === 0) return;
  const number = { GET: 1, POST: 2, PUT: 2, PATCH: 2, DELETE: 3 }[endpoint.method];
  const [ofA, ofB] = [attacker.idsOf(a), attacker.idsOf(b)];
  for (const { name } of parameters) {
    const id = ofA(name);
    // The other parameters are B's own: so the parent is B's and the child A's, or the reverse.
    await attacker.sameAsRandom(
      parameters.length > 1 ? 5 : number,
      `${name} of A`,
      (used) => [attacker.url((n) => (n === name ? used : ofB(n))), attacker.body(b)],
      id,
    );
    for (const disguise of [
      id.toUpperCase(),
      ` ${id}`,
      `${id}%00`,
      `{${id}}`,
      `${id},${id}`,
      encodeURIComponent(`["${id}"]`),
    ]) {
      const url = attacker.url((n) =>
        n === name ? (disguise.includes('%') ? disguise : encodeURIComponent(disguise)) : ofB(n),
      );
      const answer = await attacker.send(b.person, url, attacker.body(b));
      attacker.record(
        30,
        `${name} of A as ${JSON.stringify(disguise.slice(0, 20))}`,
        [answer],
        reached(attacker, answer.status, isReference(name)),
      );
    }
  }
  const whole = attacker.url(ofA);
  for (const method of ['HEAD', 'OPTIONS'] as const) {
    attacker.record(4, method, [await b.person.call({ method, url: whole })]);
  }
  const override = await b.person.call({
    method: 'POST',
    url: whole,
    headers: { 'x-http-method-override': endpoint.method },
  });
  attacker.record(4, 'method override', [override]);
}

function reached(attacker: Attacker, status: number, isId: boolean): string | undefined {
  return isId && attacker.endpoint.scope !== 'public' && status < 300
    ? `an id of A's was reached: ${status}`
    : undefined;
}

/** 6, 9, 25: A's ids in the body; 7: fields that only the database may set; 8: an id of one's own choice. */
export async function bodyAttacks(attacker: Attacker): Promise<void> {
  const { endpoint, a, b, catalog } = attacker;
  const body = attacker.body(b);
  if (body === undefined || endpoint.media === 'multipart/form-data') return;
  const url = attacker.url(attacker.idsOf(b));
  for (const path of attacker.referencesInBody()) {
    const name = path.at(-1) as string;
    const theirs = idFor(name === 'ids' ? 'id' : name, endpoint.path, a.company, catalog);
    if (theirs === undefined) continue;
    await attacker.sameAsRandom(
      name.endsWith('s') ? 9 : 6,
      `${path.join('.')} of A`,
      (id) => {
        const ours = idFor(name === 'ids' ? 'id' : name, endpoint.path, b.company, catalog) ?? NONE;
        return [url, withValue(body, path, name.endsWith('s') ? [ours, id] : id)];
      },
      theirs,
    );
  }
  for (const [field, value] of Object.entries({
    company_id: a.company.companyId,
    id: randomUUID(),
    version: 99,
    created_at: '2000-01-01T00:00:00Z',
  })) {
    if (endpoint.body?.properties?.[field] !== undefined) continue;
    const answer = await attacker.send(b.person, url, { ...body, [field]: value });
    attacker.record(
      field === 'id' ? 8 : 7,
      `body names ${field}`,
      [answer],
      answer.status < 300 ? `was taken: ${answer.status}` : undefined,
    );
  }
}

function withValue(body: Record<string, unknown>, [head, ...rest]: string[], value: unknown): Record<string, unknown> {
  if (head === undefined) return body;
  const inner = (body[head] ?? {}) as Record<string, unknown>;
  return { ...body, [head]: rest.length === 0 ? value : withValue(inner, rest, value) };
}

/** 11: filters by A's ids; 12: A's cursor; 13: fields; 14: A's words; 20: the company in header or query. */
export async function queryAttacks(attacker: Attacker): Promise<void> {
  const { endpoint, a, b, catalog } = attacker;
  const ids = attacker.idsOf(b);
  for (const { name } of attacker.filters) {
    const theirs = idFor(name, endpoint.path, a.company, catalog);
    if (theirs === undefined) continue;
    await attacker.sameAsRandom(
      11,
      `${name}= of A`,
      (id) => [attacker.url(ids, { [name]: id }), attacker.body(b)],
      theirs,
    );
  }
  const named = new Set(endpoint.parameters.filter((p) => p.in === 'query').map((p) => p.name));
  if (named.has('cursor')) {
    const first = await attacker.send(a.person, attacker.url(attacker.idsOf(a), { limit: '1' }));
    const cursor =
      first.body?.next_cursor ??
      Buffer.from(JSON.stringify(['2030-01-01', a.company.rows.get('contacts')?.id])).toString('base64url');
    const answer = await attacker.send(b.person, attacker.url(ids, { cursor }));
    attacker.record(12, "A's cursor", [answer], answer.status < 300 ? 'was accepted' : undefined);
  }
  for (const name of ['search', 'q']) {
    if (!named.has(name)) continue;
    const answer = await attacker.send(b.person, attacker.url(ids, { [name]: a.company.canary }));
    // B's own words may come back; a row that holds A's canary may not.
    const found = JSON.stringify(answer.body?.items ?? []);
    attacker.record(
      14,
      `${name} for A's canary`,
      [],
      found.includes(a.company.canary) ? `found ${found.slice(0, 200)}` : undefined,
    );
  }
  if (named.has('fields'))
    attacker.record(13, 'fields', [await attacker.send(b.person, attacker.url(ids, { fields: 'company_id' }))]);
  const headers = {
    'x-company-id': a.company.companyId,
    'x-tenant-id': a.company.companyId,
    'x-forwarded-host': a.company.canary.replace('canary', 'host'),
  };
  if (endpoint.method === 'GET') {
    const plain = await attacker.send(b.person, attacker.url(ids));
    attacker.record(15, 'plain', [plain]);
    attacker.record(20, 'company in a header', [await attacker.send(b.person, attacker.url(ids), undefined, headers)]);
    const asked = await attacker.send(b.person, attacker.url(ids, { company_id: a.company.companyId }));
    attacker.record(
      20,
      'company in the query',
      [asked],
      asked.status < 300 && named.size > 0 && !named.has('company_id') ? 'was not refused' : undefined,
    );
  }
}

/** 21, 22, 32: no token, and tokens that claim what they may not. */
export async function tokenAttacks(attacker: Attacker): Promise<void> {
  const { world, endpoint, a, b } = attacker;
  if (endpoint.scope === 'public' || endpoint.scope === 'webhook') return;
  const claims = {
    sid: b.person.sessionId,
    cid: a.company.companyId,
    iss: 'bulkhead',
    aud: 'bulkhead',
    exp: 4_000_000_000,
  };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${encode({ alg: 'none' })}.${encode(claims)}.`;
  const head = `${encode({ alg: 'HS256', kid: '../../dev/null' })}.${encode(claims)}`;
  const forged = `${head}.${createHmac('sha256', '').update(head).digest('base64url')}`;
  const [header, , signature] = b.person.token.split('.');
  const swapped = `${header}.${encode(claims)}.${signature}`;
  const url = attacker.url(attacker.idsOf(a));
  const tries: [number, string, string | undefined][] = [
    [32, 'no token', undefined],
    [21, 'alg none', unsigned],
    [21, 'empty key, kid of a file', forged],
    [21, 'claims swapped under an old signature', swapped],
    [22, 'a session id for an API key', `bhk_${b.person.sessionId}`],
  ];
  for (const [number, what, token] of tries) {
    const client = token === undefined ? world.anonymous : world.as(token);
    const answer = await attacker.send(client, url, attacker.body(a));
    attacker.record(number, what, [answer], answer.status === 401 ? undefined : `answered ${answer.status}`);
  }
}
