import { createHmac, randomBytes } from 'node:crypto';
import type { Attacker, Changes } from '../attacker.ts';
import type { Endpoint } from '../endpoints.ts';
import type { Side } from '../target.ts';
import type { AttackKind } from './kind.ts';

const HOOK = /webhook|\/hooks?\b|callback|inbound/i;
const HEADERS = ['x-signature', 'x-hub-signature-256', 'x-webhook-signature', 'signature'];

/** Whether another service calls an endpoint, and proves by a signature which it is. */
export const isHook = ({ method, scope, path }: Endpoint): boolean =>
  method === 'POST' && (scope === 'webhook' || (scope === 'public' && HOOK.test(path)));

export const webhooks: AttackKind = {
  number: 24,
  name: "webhooks with A's ids; unsigned, badly signed, replayed",
  wide: true,
  async run(attacker) {
    const { a, b, endpoint, target } = attacker;
    if (!isHook(endpoint)) return 'no other service calls it';
    const named = (side: Side): Changes => ({
      filling: { ...attacker.filling(a, 'references'), marks: true, canary: b.company.canary },
      body: (own) => ({ ...own, company_id: side.company.companyId, tenant_id: side.company.companyId }),
    });
    const strays = async (what: string, control?: boolean) => {
      const places = await target.evidence.strays(a, b.company.canary);
      attacker.record(what, places.length > 0 ? `B's words stand with A: ${places}` : undefined, control);
    };
    const secret = secretOf(b);
    const control =
      secret === undefined
        ? undefined
        : (
            await send(
              attacker,
              { ...named(b), filling: { ...attacker.filling(b, 'references'), marks: true } },
              secret,
            )
          ).status < 300;
    for (const signature of [
      undefined,
      '',
      randomBytes(32).toString('hex'),
      `sha256=${randomBytes(32).toString('hex')}`,
    ]) {
      const headers = signature === undefined ? {} : Object.fromEntries(HEADERS.map((name) => [name, signature]));
      const answer = await attacker.tries(
        `signed ${signature === undefined ? 'not at all' : 'badly'}`,
        { ...named(a), headers },
        false,
        control,
      );
      if (answer.status < 300)
        attacker.record('an unproven call', `was taken: ${answer.status} ${answer.text.slice(0, 100)}`, control);
    }
    if (secret !== undefined) {
      attacker.sees("signed by B, names A's company", await send(attacker, named(a), secret), JSON.stringify(named(a)));
      attacker.sees(
        "signed by B for B, names A's rows",
        await send(attacker, named(b), secret),
        JSON.stringify(named(a)),
      );
    }
    await target.workOff();
    await strays('what was written', control);
    return undefined;
  },
};

function secretOf({ company }: Side): string | undefined {
  for (const row of company.rows.values()) {
    const secret = row.signing_secret ?? row.webhook_secret;
    if (typeof secret === 'string') return secret;
  }
  return undefined;
}

/** Signs the very bytes that are sent. */
async function send(attacker: Attacker, changes: Changes, secret: string) {
  const { url, body } = attacker.requestOf(attacker.b, changes);
  const text = JSON.stringify(body);
  const signature = createHmac('sha256', secret).update(text).digest('hex');
  const headers = Object.fromEntries(
    HEADERS.map((name) => [name, name.includes('hub') ? `sha256=${signature}` : signature]),
  );
  return attacker.attacker.call({
    method: 'POST',
    url,
    payload: text,
    headers: { 'content-type': 'application/json', ...headers },
  });
}
