import { isReference } from '../bodies.ts';
import { type AttackKind, never } from './kind.ts';

const EXPORTS = /export|download|report|backup|dump|archive|extract|import|job/i;

export const exportsOfA: AttackKind = {
  number: 18,
  name: "exports, and A's job id",
  async run(attacker) {
    const { a, b, endpoint, target } = attacker;
    if (!EXPORTS.test(endpoint.path)) return 'it exports nothing and names no job';
    if (attacker.isOpen) return 'it is public: it runs for no company';
    const ids = attacker.parameters.filter(({ name, schema }) => isReference(name, schema));
    for (const { name } of ids) {
      const theirs = attacker.valueOf(name, a, 'path');
      await attacker.sameAs(`A's ${name}`, (value) => ({ path: { [name]: value } }), theirs, never(theirs));
    }
    // What is exported for B holds nothing of A: at once, when the job is done, and where the answer says it lies.
    await target.forgetJobs();
    const answer = await attacker.tries('an export of one’s own', {});
    await target.workOff();
    const told = answer.body ?? {};
    const { url } = attacker.requestOf(b);
    const places = [told.url, told.download_url, told.href, answer.headers.location].filter(
      (place) => typeof place === 'string',
    );
    if (told.id !== undefined) places.push(`${url}/${told.id}`, `${url}/${told.id}/download`);
    for (const place of places.filter((one: string) => one.startsWith('/')))
      attacker.sees(`what lies at ${place}`, await attacker.attacker.call({ method: 'GET', url: place }), '');
    return undefined;
  },
};
