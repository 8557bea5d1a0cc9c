import { knownTexts, withValue } from '../bodies.ts';
import type { Schema } from '../endpoints.ts';
import { changedRows, comparable } from '../evidence.ts';
import { type AttackKind, hasCanary, never } from './kind.ts';

export const setWrites: AttackKind = {
  number: 10,
  name: 'change or deletion by filter',
  async run(attacker) {
    const { target, endpoint } = attacker;
    if (!attacker.changes) return 'it changes nothing';
    if (attacker.parameters.length > 0) return 'it changes the row that its path names';
    if (attacker.isOpen) return 'it is public: it changes what its secret names';
    if (!target.alone)
      return 'other companies may live there, and it may change a whole set of rows: allow it with --alone';
    const side = await attacker.another();
    const look = () => target.evidence.rows(side, endpoint);
    const before = await look();
    const answer = await attacker.send(attacker.caller(side), side);
    const touched = changedRows(before, await look());
    if (touched.length === 0)
      return answer.status < 300 ? 'it changes no row that was there' : `its own admin gets ${answer.status}`;
    // What it does to a set of B's rows it must not do to A's: the rows of A are hashed after it.
    await attacker.tries(`changes ${touched.length} rows of ${new Set(touched).size} tables`, {}, false, true);
    for (const { name } of attacker.query) {
      await attacker.tries(`with ${name} of A`, { query: { [name]: attacker.valueOf(name, attacker.a) } }, false, true);
    }
    for (const [field, value] of Object.entries({
      company_id: attacker.a.company.companyId,
      all: 'true',
      filter: '{}',
      owner_id: attacker.a.person.userId,
    })) {
      await attacker.tries(`with ?${field}`, { query: { [field]: value } }, false, true);
      if (endpoint.body)
        await attacker.tries(`with ${field} in the body`, { body: (own) => ({ ...own, [field]: value }) }, false, true);
    }
    return undefined;
  },
};

/** Texts of a body that a company may have already, and by which it could be asked for. */
function textsOf(schema: Schema | undefined, at: string[] = []): string[][] {
  const options = (schema?.anyOf ?? []).flatMap((option) => textsOf(option, at));
  const own = Object.entries(schema?.properties ?? {}).flatMap(([name, property]): string[][] => {
    const inner = property.anyOf?.find((option) => option.type !== 'null') ?? property;
    if (inner.properties !== undefined) return textsOf(inner, [...at, name]);
    const isText =
      inner.type === 'string' && !inner.enum && inner.format !== 'uuid' && !inner.format?.startsWith('date');
    return isText && !/password|token|code/.test(name) ? [[...at, name]] : [];
  });
  return [...options, ...own];
}

export const uniqueness: AttackKind = {
  number: 16,
  name: 'what is taken elsewhere',
  async run(attacker) {
    const { a, endpoint, target, parameters } = attacker;
    if (!attacker.changes && parameters.every(({ schema }) => schema.format === 'uuid'))
      return 'it takes no value that could be taken';
    const texts = textsOf(endpoint.body);
    const named = parameters.filter(({ schema }) => schema.format !== 'uuid' && !/token/.test(schema.format ?? ''));
    let tried = 0;
    const refused: string[] = [];
    for (const path of texts) {
      const name = path.at(-1) as string;
      const accepted = endpoint.discloses[path.join('.')];
      const known = knownTexts(name, endpoint.path, a.company.rows, target.catalog).filter(hasCanary);
      if (known.length === 0) continue;
      if (accepted !== undefined) {
        refused.push(`discloses ${path.join('.')}: ${accepted}`);
        continue;
      }
      tried += 1;
      // Whoever knows the password as well is let in: who asks does not.
      const changes = (value: string) => ({
        body: (own: Record<string, unknown>) =>
          withValue(
            'password' in own && attacker.shape.known ? { ...own, password: 'a wrong Passw0rd!' } : own,
            path,
            value,
          ),
      });
      for (const theirs of known) await attacker.sameAs(`${path.join('.')} that A has`, changes, theirs, never(theirs));
    }
    for (const { name } of named) {
      if (/token/.test(name)) continue;
      const shared = endpoint.everybodys?.[name];
      if (shared !== undefined) {
        refused.push(shared);
        continue;
      }
      if (endpoint.discloses[name] !== undefined) {
        refused.push(`discloses ${name}: ${endpoint.discloses[name]}`);
        continue;
      }
      const theirs = /name/.test(name) ? a.company.canary : attacker.valueOf(name, a);
      tried += 1;
      await attacker.sameAs(
        `${name} that A has`,
        (value) => ({ path: { [name]: encodeURIComponent(value) } }),
        theirs,
        never(theirs),
      );
    }
    if (tried > 0) return undefined;
    return refused[0] ?? (endpoint.upload ? 'its file is attack 17' : 'it takes no value that could be taken');
  },
};

export const figures: AttackKind = {
  number: 15,
  name: 'figures that move with A',
  async run(attacker) {
    const { a, b, endpoint, target } = attacker;
    if (endpoint.method !== 'GET') return 'it is no read';
    const caller = attacker.attacker;
    const look = async (side: typeof a) =>
      comparable({ answer: await attacker.send(side === b ? caller : attacker.caller(side), side), side, used: '' });
    const [before, again] = [await look(b), await look(b)];
    const beforeA = await look(a);
    await target.evidence.grow(a, endpoint);
    const after = await look(b);
    // What changes by itself from one moment to the next cannot be compared but in its length.
    const moved =
      before === again ? after !== before : after.length !== before.length && before.length === again.length;
    const control = (await look(a)) !== beforeA || undefined;
    await attacker.tries('the plain question', {}, false, control);
    attacker.record(
      "A's growth",
      moved ? `B's answer moved: ${before.slice(-200)} -> ${after.slice(-200)}` : undefined,
      control,
    );
    return undefined;
  },
  movesA: true,
};
