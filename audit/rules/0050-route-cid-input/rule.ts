import { NO_SOURCES } from '../../application/reasons.ts';
import { defineRule } from '../../rule.ts';
import { bySchema } from './by-schema.ts';
import { byTrying } from './by-trying.ts';
import { inSources } from './in-sources.ts';

export default defineRule({
  number: 50,
  name: 'route-cid-input',
  severity: 'high',
  part: 'api',
  title: 'No route takes the company from the body, a header, the query or the path',
  application: async (application) => {
    const findings = [...bySchema(application), ...(await byTrying(application))];
    if (application.sources === undefined) return { findings, unchecked: NO_SOURCES };
    return [...findings, ...inSources(application.sources)];
  },
});
