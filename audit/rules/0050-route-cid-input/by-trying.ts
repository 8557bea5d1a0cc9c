import type { InjectOptions } from 'fastify';
import type { RegisteredRoute } from '../../../server/platform/scopes.ts';
import type { Application } from '../../application/application.ts';
import { FOREIGN, handled, knock, nameOf, OWN } from '../../application/knock.ts';
import type { Heard } from '../../application/listening-door.ts';
import type { Finding } from '../../rule.ts';

type Request = Omit<InjectOptions, 'query'> & { query: Record<string, string> };

const NAMES = ['company_id', 'companyId', 'company', 'tenant_id', 'tenant', 'organization_id', 'org', 'as'];
const HEADERS = [
  'x-company-id',
  'x-company',
  'x-tenant-id',
  'x-tenant',
  'x-organization-id',
  'x-org-id',
  'x-acting-company',
];
const every = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, FOREIGN]));

/** The ways in which a request names another company than its token's. */
const WAYS: Record<string, (request: Request) => void> = {
  'a header': (request) => {
    const cookie = NAMES.map((name) => `${name}=${FOREIGN}`).join('; ');
    request.headers = { ...request.headers, ...every(HEADERS), cookie, host: `${FOREIGN}.example.com` };
  },
  'the query': (request) => {
    request.query = { ...request.query, ...every(NAMES) };
  },
  'the body': (request) => {
    if (request.method !== 'GET') request.payload = { ...Object(request.payload), ...every(NAMES) };
  },
};

/** Knocks at every route as a member of one company whose request names another, and listens whose door opens. */
export async function byTrying(application: Application): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const route of handled(application)) {
    if (route.scope === 'super') continue;
    const way = await misled(application, route);
    if (way === undefined) continue;
    findings.push({
      object: nameOf(route),
      message: `opens the door of the company that ${way} names`,
      mend: "-- features/<noun>/server/routes.ts: use request.company, which is the token's company",
    });
  }
  return findings;
}

async function misled(application: Application, route: RegisteredRoute): Promise<string | undefined> {
  const who = route.scope === 'public' || route.scope === 'webhook' ? 'stranger' : 'admin';
  const path = (request: Request) => {
    request.url = String(request.url).replace(/[0-9a-f-]{36}/g, FOREIGN);
  };
  const ways = { ...WAYS, ...(route.url.includes(':') ? { 'the path': path } : {}) };
  for (const [way, change] of Object.entries(ways)) {
    const { heard } = await knock(application, route, who, change);
    if (opened(heard, way === 'the path')) return way;
  }
  return undefined;
}

/** An id in the path is the id of a record: gate functions are asked for it, by whoever is named by the token. */
const opened = ({ companies, gates, published }: Heard, isRecord: boolean): boolean =>
  companies.some((id) => id !== OWN) ||
  published.some((message) => 'companyId' in message && message.companyId !== OWN) ||
  (!isRecord && gates.some(({ values }) => values.includes(FOREIGN)));
