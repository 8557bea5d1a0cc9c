import { different } from '../evidence.ts';
import type { Side } from '../target.ts';
import type { AttackKind } from './kind.ts';

const STAFF = /\/(admin|platform|internal|staff|sudo|impersonat\w*|act|acting|grants?|support|back-?office)(\/|$)/i;

export const staff: AttackKind = {
  number: 28,
  name: 'admin and impersonation, with plain and expired grants',
  async run(attacker) {
    const { a, b, endpoint, target, parameters } = attacker;
    const forStaff = endpoint.scope === 'super' || endpoint.staff === true || STAFF.test(endpoint.path);
    if (attacker.isOpen) return 'it is public: it asks for no grant';
    if (!forStaff && target.expired === undefined)
      return 'it is not for staff, and the API lends no grants that the probe knows of';
    if (target.expired !== undefined && endpoint.scope !== 'super') {
      const other = (await target.prepared(attacker.shape.state, endpoint, 'a')) as Side;
      const over = await attacker.send(await target.expired(other), other);
      attacker.record(
        'a grant that is over',
        over.status === 401 ? undefined : `answered ${over.status}: ${over.text.slice(0, 150)}`,
      );
    }
    if (!forStaff) return undefined;
    const path = Object.fromEntries(parameters.map(({ name }) => [name, attacker.valueOf(name, a, 'path')]));
    const { companyId } = a.company;
    const { userId } = a.person;
    const grants: Record<string, Record<string, string>> = {
      'no grant': {},
      "A's company as a grant": {
        'x-act-as': companyId,
        'x-impersonate': companyId,
        'x-grant': companyId,
        'x-admin': 'true',
      },
      "A's user as a grant": {
        'x-act-as': userId,
        'x-impersonate-user': userId,
        'x-on-behalf-of': userId,
        'x-role': 'admin',
      },
    };
    for (const [what, headers] of Object.entries(grants)) {
      const answer = await attacker.tries(what, { path, headers });
      if (endpoint.scope === 'super' && answer.status < 300)
        attacker.record(what, `let in: ${answer.status} ${answer.text.slice(0, 150)}`);
    }
    // Without a grant, a header that claims one changes nothing.
    if (!attacker.changes) {
      const [plain, claimed] = [
        await attacker.send(attacker.attacker, b, { path }),
        await attacker.send(attacker.attacker, b, { path, headers: { 'x-act-as': companyId, 'x-admin': 'true' } }),
      ];
      attacker.record(
        'a claim',
        different({ answer: claimed, side: b, used: '' }, { answer: plain, side: b, used: '' }),
      );
    }
    return undefined;
  },
};
