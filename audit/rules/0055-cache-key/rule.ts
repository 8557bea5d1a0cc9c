import { handled, knock, nameOf } from '../../application/knock.ts';
import { NO_SOURCES } from '../../application/reasons.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { inSources } from './in-sources.ts';

export default defineRule({
  number: 55,
  name: 'cache-key',
  severity: 'critical',
  part: 'api',
  title: 'What is kept in memory is kept under its company, and no cache on the way keeps an answer',
  application: async (application) => {
    const findings: Finding[] = [];
    for (const route of handled(application)) {
      if (route.method !== 'GET' || route.scope === 'public' || route.scope === 'webhook') continue;
      const { headers } = await knock(application, route, route.scope === 'super' ? 'super' : 'admin');
      const control = String(headers['cache-control'] ?? '');
      if (/\b(?:no-store|private|no-cache)\b/.test(control) && !/\b(?:public|s-maxage)\b/.test(control)) continue;
      findings.push({
        object: nameOf(route),
        message: `lets caches on the way keep its answer: cache-control ${control || 'is missing'}`,
        mend: '-- leave the header to server/platform/protection.ts, which says no-store',
      });
    }
    if (application.sources === undefined) return { findings, unchecked: NO_SOURCES };
    return [...findings, ...inSources(application.sources)];
  },
});
