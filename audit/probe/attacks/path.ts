import type { Attacker } from '../attacker.ts';
import { isReference, withValue } from '../bodies.ts';
import { type AttackKind, NO_PATH, never } from './kind.ts';

/** Each parameter of the path is A's, and all of them are. */
async function asForNothing(attacker: Attacker): Promise<undefined> {
  const { a, b, parameters } = attacker;
  const open = attacker.isOpen;
  for (const { name } of parameters) {
    const theirs = attacker.valueOf(name, a, 'path');
    // With a link's secret, whoever holds it is A's guest: only what nearly is A's link is an attack.
    if (open && /token$/.test(name)) {
      const mixed = Buffer.concat([
        Buffer.from(theirs, 'base64url').subarray(0, 16),
        Buffer.from(attacker.valueOf(name, b, 'path'), 'base64url').subarray(16),
      ]);
      await attacker.sameAs(
        `${name} of A with a secret of B`,
        (value) => ({ path: { [name]: value } }),
        mixed.toString('base64url'),
        never(theirs),
      );
      continue;
    }
    await attacker.sameAs(
      `${name} of A`,
      (value) => ({ path: { [name]: encodeURIComponent(value) } }),
      theirs,
      never(theirs),
    );
    if (!attacker.changes)
      await attacker.sameTime(
        `${name} of A, by the clock`,
        (value) => ({ path: { [name]: encodeURIComponent(value) } }),
        theirs,
      );
  }
  return undefined;
}

const byMethod = (
  number: number,
  name: string,
  methods: readonly string[],
  or: (path: string) => boolean = () => false,
): AttackKind => ({
  number,
  name,
  async run(attacker) {
    const { endpoint, parameters } = attacker;
    if (parameters.length === 0) return NO_PATH;
    const restores = /\/restore$/.test(endpoint.path);
    if (!(methods.includes(endpoint.method) && !restores) && !or(endpoint.path))
      return `it is a ${restores ? 'restore' : endpoint.method}`;
    const disclosed = parameters.find((p) => endpoint.discloses[p.name] !== undefined);
    const shared = parameters.map((p) => endpoint.everybodys?.[p.name]).find((why) => why !== undefined);
    if (shared !== undefined) return shared;
    if (disclosed !== undefined) return `discloses ${disclosed.name}: ${endpoint.discloses[disclosed.name]}`;
    return asForNothing(attacker);
  },
});

export const read = byMethod(1, 'read', ['GET']);
export const change = byMethod(2, 'change', ['POST', 'PUT', 'PATCH']);
export const remove = byMethod(3, 'delete, restore', ['DELETE'], (path) => path.endsWith('/restore'));

export const otherMethods: AttackKind = {
  number: 4,
  name: 'HEAD, OPTIONS, method override',
  async run(attacker) {
    const { a, b, parameters, endpoint } = attacker;
    const theirs = (name: string) => (/token$/.test(name) ? a.company.canary : attacker.valueOf(name, a, 'path'));
    const path = Object.fromEntries(parameters.map(({ name }) => [name, encodeURIComponent(theirs(name))]));
    const { url } = attacker.requestOf(b, { path });
    const sent = JSON.stringify(path);
    for (const method of ['HEAD', 'OPTIONS', 'TRACE'] as const) {
      attacker.sees(method, await attacker.attacker.call({ method, url } as never), sent);
    }
    for (const method of ['GET', 'POST'] as const) {
      const headers = {
        'x-http-method-override': endpoint.method,
        'x-http-method': endpoint.method,
        'x-method-override': endpoint.method,
      };
      const overridden = await attacker.attacker.call({
        method,
        url: `${url}${url.includes('?') ? '&' : '?'}_method=${endpoint.method}`,
        headers,
      });
      attacker.sees(`${method} that says ${endpoint.method}`, overridden, sent);
    }
    return undefined;
  },
};

export const nested: AttackKind = {
  number: 5,
  name: 'parent and child of two companies',
  async run(attacker) {
    const { a, parameters } = attacker;
    if (parameters.length < 2) return 'its path names fewer than two rows';
    // The other parameters are B's own: so the parent is B's and the child A's, and the reverse.
    await asForNothing(attacker);
    const all = Object.fromEntries(parameters.map(({ name }) => [name, attacker.valueOf(name, a, 'path')]));
    const none = Object.fromEntries(parameters.map(({ name }) => [name, never(all[name] as string)]));
    await attacker.sameAs(
      'parent and child of A',
      (value) => ({ path: value === '(A)' ? all : none }),
      '(A)',
      '(nobody)',
    );
    return undefined;
  },
};

const disguises = (id: string): string[] => [
  id.toUpperCase(),
  ` ${id}`,
  `${id}\u0000`,
  `{${id}}`,
  `${id},${id}`,
  `["${id}"]`,
  `{"$eq":"${id}"}`,
  id.replaceAll('-', ''),
  `urn:uuid:${id}`,
  `${id}/../${id}`,
];

export const encodings: AttackKind = {
  number: 30,
  name: 'ids in disguise',
  async run(attacker) {
    const { a, b, parameters, references, endpoint } = attacker;
    if (attacker.isOpen) return 'it is public and takes no ids';
    const ids = parameters.filter(({ name, schema }) => isReference(name, schema));
    const filters = attacker.query.filter(({ name, schema }) => isReference(name, schema));
    if (ids.length + filters.length + references.length === 0) return 'it takes no ids';
    for (const { name } of ids) {
      const id = attacker.valueOf(name, a, 'path');
      for (const one of disguises(id))
        await attacker.tries(
          `${name} as ${one.replaceAll(id, 'id')}`,
          { path: { [name]: encodeURIComponent(one) } },
          true,
        );
      await attacker.tries(`${name} with %00`, { path: { [name]: `${id}%00` } }, true);
    }
    for (const { name } of filters) {
      const [theirs, own] = [attacker.valueOf(name, a), attacker.valueOf(name, b)];
      for (const query of [
        { [name]: [own, theirs] },
        { [name]: [theirs, own] },
        { [`${name}[]`]: theirs },
        { [`${name}[$ne]`]: own },
      ]) {
        await attacker.tries(
          `${Object.keys(query)[0]} ${Object.values(query)[0]?.length}`,
          { query },
          attacker.changes,
        );
      }
      for (const one of disguises(theirs))
        await attacker.tries(`${name}= as ${one.slice(0, 3)}`, { query: { [name]: one } }, attacker.changes);
    }
    for (const { path, name, many } of references) {
      const id = attacker.valueOf(name, a);
      const shapes: unknown[] = [id.toUpperCase(), ` ${id}`, { id }, { $in: [id] }, [[id]], ...(many ? [] : [[id]])];
      for (const shape of shapes) {
        const value = many && typeof shape === 'string' ? [shape] : shape;
        await attacker.tries(
          `${name} as ${JSON.stringify(shape).replaceAll(id, 'id')}`,
          { body: (own) => withValue(own, path, value) },
          endpoint.scope !== 'super',
        );
      }
    }
    return undefined;
  },
};
