import { isReference, withValue } from '../bodies.ts';
import { type AttackKind, never } from './kind.ts';

const TOLD =
  /audit|security-log|\/logs?\b|history|timeline|activit|notification|mention|comment|note|custom-?field|feed|message/i;

export const logs: AttackKind = {
  number: 29,
  name: 'audit log, mentions, notifications, custom fields',
  async run(attacker) {
    const { a, b, endpoint, target } = attacker;
    if (!TOLD.test(endpoint.path)) return 'it keeps no log, and tells nobody of anything';
    if (attacker.isOpen) return 'it is public: it tells of no company';
    if (endpoint.method === 'GET') {
      await attacker.tries('the plain question', {});
      for (const { name } of attacker.query.filter(({ name, schema }) => isReference(name, schema))) {
        const theirs = attacker.valueOf(name, a);
        await attacker.sameAs(`${name}= of A`, (value) => ({ query: { [name]: value } }), theirs, never(theirs));
      }
      return undefined;
    }
    const texts = Object.entries(endpoint.body?.properties ?? {}).filter(
      ([, { type, enum: words, format, pattern }]) => type === 'string' && !words && !format && !pattern,
    );
    if (texts.length === 0) return 'it takes no words that could name anybody';
    const { userId } = a.person;
    const email = String(a.company.rows.get('users')?.email ?? '');
    await target.forgetJobs();
    for (const [field, { maxLength = 500 }] of texts)
      for (const mention of [`@[${userId}]`, `@${email}`, `<@${userId}>`, `@${userId}`])
        await attacker.tries(`${field} calls ${mention.slice(0, 3)}`, {
          body: (own) => withValue(own, [field], `${mention} ${b.company.canary}`.slice(0, maxLength)),
        });
    await target.workOff();
    const places = await target.evidence.strays(a, b.company.canary);
    attacker.record('who was told', places.length > 0 ? `B's words reached A: ${places}` : undefined);
    return undefined;
  },
};
