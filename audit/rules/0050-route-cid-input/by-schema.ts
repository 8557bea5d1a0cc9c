import type { Application } from '../../application/application.ts';
import { handled, nameOf, schemaOf } from '../../application/knock.ts';
import type { Schema } from '../../probe/endpoints.ts';
import type { Finding } from '../../rule.ts';

/** Names under which a request could say whose rows it wants. */
export const NAMES_COMPANY = /^(?:x[_-])?(?:company|tenant|organi[sz]ation|org|workspace|account)[_-]?id$/i;
const PARTS = { body: 'body', querystring: 'query', params: 'path', headers: 'headers' } as const;

/** Routes whose schema has a place for the company, or takes whatever it does not name. */
export function bySchema(application: Application): Finding[] {
  const findings: Finding[] = [];
  for (const route of handled(application)) {
    if (route.scope === 'super') continue;
    for (const part of ['body', 'querystring', 'params', 'headers'] as const) {
      const shape = schemaOf(route.schema, part);
      if (shape === undefined) continue;
      // Where the company is the record that is asked for, its id is a record's id like any other.
      const own = part === 'params' && route.url.startsWith('/api/companies/:company_id');
      const named = own ? [] : namesIn(shape).filter((name) => NAMES_COMPANY.test(name));
      for (const name of named)
        findings.push(
          finding(
            nameOf(route),
            `takes ${name} from the ${PARTS[part]}`,
            'take the company from the token: request.company',
          ),
        );
      if ((part === 'body' || part === 'querystring') && isOpen(shape))
        findings.push(
          finding(
            nameOf(route),
            `takes fields in its ${PARTS[part]} that it does not name, a company_id among them`,
            'make its schema with Body or Query',
          ),
        );
    }
  }
  return findings;
}

function namesIn(shape: Schema): string[] {
  const own = Object.entries(shape.properties ?? {}).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
  return [...own, ...(shape.anyOf ?? []).flatMap(namesIn), ...(shape.items === undefined ? [] : namesIn(shape.items))];
}

const isOpen = (shape: Schema): boolean =>
  shape.anyOf !== undefined && shape.properties === undefined
    ? shape.anyOf.some(isOpen)
    : shape.properties !== undefined && shape.additionalProperties !== false;

const finding = (object: string, message: string, what: string): Finding => ({
  object,
  message,
  mend: `-- features/<noun>/contract.ts and routes.ts: ${what}`,
});
