import type { Attacker } from '../attacker.ts';
import { type Filling, isReference, withValue } from '../bodies.ts';
import type { Side } from '../target.ts';
import { type AttackKind, NO_BODY, never } from './kind.ts';

/** The value as the field writes ids: some APIs count. */
const like = (own: Record<string, unknown>, path: readonly string[], value: string): string | number => {
  const was = path.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], own);
  return typeof (Array.isArray(was) ? was[0] : was) === 'number' ? Number(value) : value;
};

export const foreignIds: AttackKind = {
  number: 6,
  name: 'foreign id in the body',
  async run(attacker) {
    const { a } = attacker;
    const single = attacker.references.filter(({ many }) => !many);
    if (single.length === 0) return attacker.endpoint.body ? 'its body names no row' : NO_BODY;
    for (const { path, name } of single) {
      const theirs = attacker.valueOf(name, a);
      const changes = (value: string) => ({
        body: (own: Record<string, unknown>) => withValue(own, path, like(own, path, value)),
      });
      const control = await attacker.succeeds((side) => changes(attacker.valueOf(name, side)));
      await attacker.sameAs(`${path.join('.')} of A`, changes, theirs, never(theirs), control);
    }
    return undefined;
  },
};

/** Fields that only the database or the server may set, and those that would make somebody more than they are. */
const FORBIDDEN = {
  version: 99,
  created_at: '2000-01-01T00:00:00Z',
  deleted_at: '2000-01-01T00:00:00Z',
  created_by: 'me',
  user_role: 'company_admin',
  role: 'company_admin',
  is_admin: true,
  is_super_admin: true,
};

export const massAssignment: AttackKind = {
  number: 7,
  name: 'mass assignment',
  async run(attacker) {
    const { a, endpoint } = attacker;
    if (endpoint.body === undefined && !endpoint.upload) return NO_BODY;
    const ids = { company_id: a.company.companyId, tenant_id: a.company.companyId, companyId: a.company.companyId };
    const known = new Set(Object.keys(endpoint.body?.properties ?? {}));
    const people = { owner_id: a.person.userId, user_id: a.person.userId };
    for (const [field, value] of Object.entries({ ...ids, ...people, ...FORBIDDEN })) {
      if (known.has(field) || value === '') continue;
      if (endpoint.upload) await attacker.tries(`form names ${field}`, { fields: { [field]: String(value) } });
      else {
        const answer = await attacker.tries(
          `body names ${field}`,
          { body: (own) => ({ ...own, [field]: value }) },
          true,
        );
        // A server that ignores what it does not know is as safe as one that refuses it.
        const taken = answer.status < 300 && (answer.body?.data ?? answer.body)?.[field] === value;
        if (taken) attacker.record(`body names ${field}`, `was taken: ${answer.text.slice(0, 150)}`);
      }
    }
    return undefined;
  },
};

export const chosenId: AttackKind = {
  number: 8,
  name: 'id chosen by the client',
  async run(attacker) {
    const { a, endpoint } = attacker;
    if (endpoint.body === undefined) return NO_BODY;
    if (endpoint.body.properties?.id !== undefined) return 'its body names a row that is there';
    const theirs = attacker.valueOf('id', a);
    const changes = (id: string) => ({ body: (own: Record<string, unknown>) => ({ ...own, id }) });
    await attacker.tries("A's id for one's own", changes(theirs), true);
    await attacker.sameAs("A's id for one's own", changes, theirs, never(theirs));
    return undefined;
  },
};

export const mixedBatch: AttackKind = {
  number: 9,
  name: "batch of B's and A's ids",
  async run(attacker) {
    const { a } = attacker;
    const many = attacker.references.filter((reference) => reference.many);
    if (many.length === 0) return 'it takes no batch';
    for (const { path, name } of many) {
      const theirs = attacker.valueOf(name, a);
      const ids = (list: readonly string[]) => ({
        body: (own: Record<string, unknown>) =>
          withValue(
            own,
            path,
            list.map((id) => like(own, path, id)),
          ),
      });
      // Where a request must name all that there are, these were prepared.
      const owns = (side: Side): readonly string[] => {
        const prepared = path.length === 1 ? side.given?.body[name] : undefined;
        return Array.isArray(prepared) ? prepared.map(String) : [attacker.valueOf(name, side)];
      };
      const control = await attacker.succeeds((side) => ids(owns(side)));
      const orders = {
        "A's": (id: string) => ids([id]),
        "B's and A's": (id: string, side: Side) => ids([...owns(side), id]),
        "A's and B's": (id: string, side: Side) => ids([id, ...owns(side)]),
      };
      for (const [what, changes] of Object.entries(orders))
        await attacker.sameAs(`${name}: ${what}`, changes, theirs, never(theirs), control);
    }
    return undefined;
  },
};

/** Merging, cloning, converting: where one request names several rows, each of them is A's in turn, and all are. */
export const merges: AttackKind = {
  number: 17,
  name: 'merge, clone, import by external id',
  async run(attacker) {
    const { a, parameters, references, endpoint, query } = attacker;
    const named = parameters.filter(({ name, schema }) => isReference(name, schema));
    const handsOver = query.filter(({ name, schema }) => attacker.changes && isReference(name, schema));
    if (endpoint.upload) return importsNames(attacker);
    if (!attacker.changes || named.length === 0 || references.length + handsOver.length === 0)
      return 'it puts no two rows together, and reads no file';
    const path = Object.fromEntries(named.map(({ name }) => [name, attacker.valueOf(name, a, 'path')]));
    for (const { path: at, name, many } of references) {
      const theirs = attacker.valueOf(name, a);
      const into = (id: string) => (own: Record<string, unknown>) => withValue(own, at, many ? [id] : id);
      const control = await attacker.succeeds((side) =>
        many && Array.isArray(side.given?.body[name]) ? {} : { body: into(attacker.valueOf(name, side)) },
      );
      await attacker.sameAs(
        `A's and A's ${name}`,
        (id) => ({ path: id === theirs ? path : { ...path, ...nobody(path) }, body: into(id) }),
        theirs,
        never(theirs),
        control,
      );
      await attacker.sameAs(`B's and A's ${name}`, (id) => ({ body: into(id) }), theirs, never(theirs), control);
      const [key = '', own = ''] = Object.entries(path)[0] ?? [];
      await attacker.sameAs(`A's and B's ${name}`, (id) => ({ path: { [key]: id } }), own, never(own), control);
    }
    for (const { name } of handsOver) {
      const theirs = attacker.valueOf(name, a);
      const control = await attacker.succeeds((side) => ({ query: { [name]: attacker.valueOf(name, side) } }));
      await attacker.sameAs(
        `B's, and ${name} of A`,
        (id) => ({ query: { [name]: id } }),
        theirs,
        never(theirs),
        control,
      );
    }
    return undefined;
  },
};

const nobody = (path: Record<string, string>) =>
  Object.fromEntries(Object.entries(path).map(([name, id]) => [name, never(id)]));

/** The same rows, had nobody them: other ids, another canary. */
function strangers({ rows, canary, token }: Filling): Filling {
  const nobody = never(canary);
  const exchanged = (value: unknown) =>
    typeof value !== 'string' ? value : value.includes(canary) ? value.replaceAll(canary, nobody) : never(value);
  const of = (row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, exchanged(value)]));
  return { rows: new Map([...rows].map(([table, row]) => [table, of(row)])), canary: nobody, token };
}

/** A file that names A's rows by every key is read as one that names nobody's; all that it causes is worked off. */
async function importsNames(attacker: Attacker): Promise<undefined> {
  const { a, query } = attacker;
  const theirs = attacker.filling(a, 'references');
  const none = strangers(theirs);
  await attacker.target.forgetJobs();
  for (const choice of [
    {},
    ...query.flatMap(({ name, schema }) => (schema.enum ?? []).map((word) => ({ [name]: String(word) }))),
  ]) {
    const what = Object.entries(choice).join() || 'as it is';
    const changes = (canary: string) => ({ filling: canary === theirs.canary ? theirs : none, query: choice });
    await attacker.sameAs(`a file of A's names, ${what}`, changes, theirs.canary, none.canary);
  }
  await attacker.tries("a file named after A's", {
    filling: theirs,
    fileName: `../${a.company.companyId}/${a.company.canary}.csv`,
  });
  await attacker.target.workOff();
  return undefined;
}
