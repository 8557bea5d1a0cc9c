import type { RegisteredRoute, Scope } from '../../../server/platform/scopes.ts';
import type { Application } from '../../application/application.ts';
import { handled, type Knocker, knock, nameOf } from '../../application/knock.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { routedBy } from './routed.ts';

const SCOPES: ReadonlySet<string> = new Set<Scope>(['public', 'webhook', 'user', 'company', 'admin', 'super']);
/** Who must be turned away, and how, by the scope that a route declares. */
const REFUSED: Partial<Record<Scope, readonly [Knocker, number][]>> = {
  user: [['stranger', 401]],
  company: [
    ['stranger', 401],
    ['super', 403],
  ],
  admin: [
    ['stranger', 401],
    ['rep', 403],
    ['super', 403],
  ],
  super: [
    ['stranger', 401],
    ['admin', 403],
  ],
};

export default defineRule({
  number: 49,
  name: 'route-unclassified',
  severity: 'critical',
  part: 'api',
  title: 'Every route says who may call it, and turns all others away',
  application: async (application) => {
    const known = new Set(application.routes.map(nameOf));
    const findings: Finding[] = routedBy(application.app)
      .filter((route) => !known.has(route))
      .map((route) => finding(route, 'is served, and was registered where nobody asks for its scope'));
    const { statusCode } = await application.app.inject('/api/what-no-route-serves');
    if (statusCode !== 404) findings.push(finding('every other path', `is answered ${statusCode}, not 404`));
    for (const route of handled(application)) {
      if (!SCOPES.has(route.scope)) findings.push(finding(nameOf(route), 'declares no scope'));
      else findings.push(...(await knockedAt(application, route)));
    }
    return findings;
  },
});

async function knockedAt(application: Application, route: RegisteredRoute): Promise<Finding[]> {
  for (const [who, status] of REFUSED[route.scope] ?? []) {
    const answer = await knock(application, route, who);
    if (route.staff && who === 'super') {
      if (answer.status !== status) continue;
      return [finding(nameOf(route), `declares that it lets staff in, and answers ${status} to a ${NAMES[who]}`)];
    }
    if (answer.status === status) continue;
    return [
      finding(nameOf(route), `declares the scope ${route.scope}, and answers ${answer.status} to a ${NAMES[who]}`),
    ];
  }
  return [];
}

const NAMES: Record<Knocker, string> = {
  stranger: 'stranger',
  rep: 'sales rep',
  admin: 'company’s admin',
  super: 'super admin',
};

const finding = (object: string, message: string): Finding => ({
  object,
  message,
  mend: `-- features/<noun>/server/routes.ts: { config: { scope: 'company' }, ... } on the route, and no hook that goes before`,
});
