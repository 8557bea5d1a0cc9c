import { handled } from '../../application/knock.ts';
import { defineRule, type Finding } from '../../rule.ts';

export default defineRule({
  number: 51,
  name: 'route-unprobed',
  severity: 'high',
  part: 'api',
  title: 'Every route was attacked as another company, and held',
  application: async (application) => {
    const { attacks } = application;
    if (attacks === undefined) return { findings: [], unchecked: 'no attack was recorded here: npm run audit:attacks' };
    const findings: Finding[] = [];
    for (const { method, url } of handled(application)) {
      const endpoint = `${method} ${url.replace(/:([^/]+)/g, '{$1}')}`;
      const { attacks: made, leaks } = attacks[endpoint] ?? { attacks: 0, leaks: 0 };
      if (leaks > 0) findings.push(finding(endpoint, `leaked under ${leaks} attacks`));
      else if (made === 0) findings.push(finding(endpoint, 'was never attacked'));
    }
    return findings;
  },
});

const finding = (object: string, message: string): Finding => ({
  object,
  message,
  mend: '-- npm run audit:attacks attacks every route and records what came of it; a route that it cannot reach needs a control of its own',
});
