import { NO_SOURCES } from '../../application/reasons.ts';
import { defineRule } from '../../rule.ts';
import { byListening } from './by-listening.ts';
import { inSources } from './in-sources.ts';

export default defineRule({
  number: 56,
  name: 'channel',
  severity: 'critical',
  part: 'api',
  title: 'A socket hears of its own company only, and of nothing before it proved whose it is',
  application: async (application) => {
    const live = application.routes.some(({ url }) => url === '/api/realtime');
    const findings = live ? await byListening(application) : [];
    if (application.sources === undefined) return { findings, unchecked: NO_SOURCES };
    return [...findings, ...inSources(application.sources)];
  },
});
