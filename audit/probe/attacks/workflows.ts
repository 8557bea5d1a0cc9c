import type { Attacker, Changes } from '../attacker.ts';
import { withValue } from '../bodies.ts';
import type { AttackKind } from './kind.ts';

const PLANS =
  /workflow|automation|template|\/jobs?\b|\/rules?\b|trigger|schedule|saved-view|campaign|sequence|macro|reminder|sync/i;

/** Words under which a plan names what it acts on. */
const NAMES = ['contact_id', 'deal_id', 'user_id', 'owner_id', 'record_id', 'resource_id', 'target_id', 'id'];

export const workflows: AttackKind = {
  number: 25,
  name: "jobs, workflows and templates that name A's objects",
  wide: true,
  async run(attacker) {
    const { a, b, endpoint, target } = attacker;
    if (!PLANS.test(endpoint.path)) return 'it plans nothing that is done later';
    if (attacker.isOpen) return 'it is public: it runs for no company';
    if (!attacker.changes || endpoint.body === undefined) return 'it takes no plan: ids in its path are attacks 1 to 3';
    const open = Object.entries(endpoint.body.properties ?? {}).filter(
      ([, schema]) =>
        schema.properties === undefined &&
        (schema.type === 'object' || schema.type === undefined || schema.type === 'array'),
    );
    const naming = (value: string) =>
      Object.fromEntries(
        NAMES.map((name) => [name, attacker.valueOf(name, a) === '' ? value : attacker.valueOf(name, a)]),
      );
    const { url } = attacker.requestOf(b);
    const merged = `{{contact:${attacker.valueOf('contact_id', a)}}} {{user:${a.person.userId}}}`;
    // What B itself wrote into its plan comes back with every later answer.
    const written = JSON.stringify([naming(a.person.userId), merged]);
    const plan = async (what: string, changes: Changes) => {
      const answer = await attacker.send(attacker.attacker, b, changes);
      attacker.sees(what, answer, attacker.sentBy(b, changes) + written);
      if (answer.status < 300) await carryOut(attacker, url, answer.body?.id, JSON.stringify(answer.body) + written);
    };
    await target.forgetJobs();
    for (const [field, schema] of open) {
      const named = naming(a.person.userId);
      for (const value of schema.type === 'array' ? [[named]] : [named, { filter: named, action: named }]) {
        const changes = { body: (own: Record<string, unknown>) => withValue(own, [field], value) };
        await plan(`${field} names A's`, changes);
      }
    }
    const texts = Object.entries(endpoint.body.properties ?? {}).filter(
      ([, { type, enum: words, format }]) => type === 'string' && !words && !format,
    );
    for (const [field] of texts.slice(0, 2))
      await plan(`${field} holds A's ids`, { body: (own) => withValue(own, [field], merged) });
    await target.workOff();
    return attacker.attempts.length === 0 ? 'its plan has no place for an object of another' : undefined;
  },
};

async function carryOut(attacker: Attacker, url: string, id: unknown, sent: string): Promise<void> {
  if (typeof id !== 'string' && typeof id !== 'number') return;
  const path = `${url}/${id}`;
  for (const word of ['run', 'execute', 'preview', 'test'])
    attacker.sees(
      `then ${word}`,
      await attacker.attacker.call({ method: 'POST', url: `${path}/${word}`, payload: {} }),
      sent,
    );
  attacker.sees('then read', await attacker.attacker.call({ method: 'GET', url: path }), sent);
}
