import { FOREIGN, handled, knock, nameOf, schemaOf } from '../../application/knock.ts';
import type { Schema } from '../../probe/endpoints.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { NAMES_COMPANY } from '../0050-route-cid-input/by-schema.ts';

/** Signatures as the usual senders write them, none of them good. */
const SIGNATURES: Record<string, Record<string, string>> = {
  'no signature': {},
  'a made-up signature': {
    'x-twilio-signature': 'bm90IGEgc2lnbmF0dXJlIGF0IGFsbA==',
    'stripe-signature': 't=1,v1=00',
    'x-hub-signature-256': 'sha256=00',
    'x-signature': '00',
    signature: '00',
  },
};

export default defineRule({
  number: 53,
  name: 'webhook-bind',
  severity: 'critical',
  part: 'api',
  title: 'A webhook belongs to the account that signed it, and an unsigned one is refused',
  application: async (application) => {
    const webhooks = handled(application).filter(
      ({ scope, url }) =>
        scope === 'webhook' || (scope === 'public' && /\b(?:webhooks?|callbacks?|hooks?)\b/.test(url)),
    );
    if (webhooks.length === 0) return { findings: [], inapplicable: 'no route takes webhooks' };
    const findings: Finding[] = [];
    for (const route of webhooks) {
      const add = (message: string) => findings.push({ object: nameOf(route), message, mend: MEND });
      if (route.scope === 'public') add('takes webhooks, and is declared public');
      const named = (['body', 'querystring', 'params'] as const).flatMap((part) => names(schemaOf(route.schema, part)));
      if (named.length > 0) add(`takes ${named} from the sender`);
      for (const [what, headers] of Object.entries(SIGNATURES)) {
        const { status, heard } = await knock(application, route, 'stranger', (request) => {
          request.headers = { ...request.headers, ...headers };
          request.payload = { ...((request.payload as object | undefined) ?? {}), company_id: FOREIGN };
        });
        if (status < 400) add(`answers ${status} to ${what}`);
        else if (heard.companies.length + heard.published.length > 0)
          add(`opens a company's door before it asks for more than ${what}`);
        else continue;
        break;
      }
    }
    return findings;
  },
});

const names = (shape: Schema | undefined): string[] =>
  Object.keys(shape?.properties ?? {}).filter((name) => NAMES_COMPANY.test(name));

const MEND =
  "-- scope 'webhook'; find the company by the account that is named, check the signature with that company's secret, then open its door";
