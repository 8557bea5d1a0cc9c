import { isReference, knownTexts } from '../bodies.ts';
import { comparable } from '../evidence.ts';
import { type AttackKind, hasCanary, never } from './kind.ts';

/** Parameters of paging and form, which select nothing by a value that somebody has. */
const PAGING = /^(limit|page|cursor|sort|include_total|fields|include|expand|search|q|format)$/;

export const filters: AttackKind = {
  number: 11,
  name: "filters by A's ids and words",
  async run(attacker) {
    const { a, endpoint, target } = attacker;
    const filling = attacker.filling(a, 'references');
    const chosen = attacker.query.filter(({ name }) => !PAGING.test(name));
    let tried = 0;
    for (const { name, schema } of chosen) {
      const theirs = isReference(name, schema)
        ? attacker.valueOf(name, a)
        : schema.enum
          ? undefined
          : knownTexts(name, endpoint.path, filling.rows, target.catalog)[0];
      if (theirs === undefined || (!isReference(name, schema) && !hasCanary(theirs))) continue;
      tried += 1;
      const control = await attacker.succeeds((side) => ({
        query: { [name]: isReference(name, schema) ? attacker.valueOf(name, side) : theirs },
      }));
      await attacker.sameAs(`${name}= of A`, (value) => ({ query: { [name]: value } }), theirs, never(theirs), control);
    }
    return tried === 0 ? 'it is filtered by nothing that a company has' : undefined;
  },
};

export const cursors: AttackKind = {
  number: 12,
  name: "A's cursor",
  async run(attacker) {
    const { a, b, endpoint } = attacker;
    if (!attacker.asks('cursor')) return 'it has no cursor';
    if (endpoint.scope === 'super') {
      await attacker.tries('a cursor of one’s own making', { query: { cursor: 'eyJhIjoxfQ' } }, true);
      return undefined;
    }
    const own = async (side: typeof a) =>
      (await attacker.send(attacker.caller(side), side, { query: { limit: '1' } })).body?.next_cursor;
    const [theirs, ours] = [await own(a), await own(b)];
    // Where one's own list fits on a page there is no real cursor: one that is made up has to do.
    const cursor =
      theirs ?? Buffer.from(JSON.stringify(['2030-01-01', a.company.rows.get('contacts')?.id])).toString('base64url');
    const control =
      ours === undefined || ours === null
        ? undefined
        : (await attacker.send(b.person, b, { query: { limit: '1', cursor: ours } })).status < 300;
    await attacker.tries(theirs ? "A's cursor" : 'a made-up cursor', { query: { cursor } }, true, control);
    return undefined;
  },
};

export const embedding: AttackKind = {
  number: 13,
  name: 'include, expand, fields',
  async run(attacker) {
    if (attacker.endpoint.method !== 'GET') return 'it is no read';
    if (attacker.endpoint.parameters.length === 0 && attacker.isOpen) return 'it is public and ignores its query';
    for (const name of ['fields', 'include', 'expand', 'embed', 'select']) {
      for (const value of ['company_id', '*']) {
        await attacker.tries(`${name}=${value}`, { query: { [name]: value } }, attacker.query.length > 0);
      }
    }
    return undefined;
  },
};

export const searching: AttackKind = {
  number: 14,
  name: "search for A's words",
  async run(attacker) {
    const { a } = attacker;
    const asked = ['search', 'q'].filter((name) => attacker.asks(name));
    if (asked.length === 0) return 'it has no search';
    for (const name of asked) {
      const { canary } = a.company;
      const found = async (word: string) =>
        comparable({
          answer: await attacker.send(attacker.caller(a), a, { query: { [name]: word } }),
          side: a,
          used: word,
        });
      // Where only figures come back, they tell that it found something.
      const control = (await found(canary)) !== (await found(never(canary)));
      for (const word of [canary, canary.slice(0, -3), canary.toUpperCase()]) {
        await attacker.sameAs(
          `${name}=${word.slice(0, 8)}`,
          (value) => ({ query: { [name]: value } }),
          word,
          never(word) === word ? 'zzzzz' : never(word),
          control,
        );
      }
    }
    return undefined;
  },
  movesA: true,
};
