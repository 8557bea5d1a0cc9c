import { handled } from '../../application/knock.ts';
import { defineRule, type Finding, NotChecked } from '../../rule.ts';

export default defineRule({
  number: 51,
  name: 'route-unprobed',
  severity: 'high',
  part: 'api',
  title: 'Every route was attacked as another company, and held',
  application: async (application) => {
    const { attacks } = application;
    if (attacks === undefined) throw new NotChecked('no attack was recorded here: run bulkhead probe');
    const findings: Finding[] = [];
    for (const { method, url } of handled(application)) {
      const endpoint = `${method} ${url.replace(/:([^/]+)/g, '{$1}')}`;
      const cells = attacks.filter((cell) => cell.endpoint === endpoint);
      const made = cells.filter(({ outcome, attempts }) => attempts > 0 && outcome !== 'not applicable');
      const leaks = cells.filter(({ outcome }) => outcome === 'leaked').length;
      if (leaks > 0) findings.push(finding(endpoint, `leaked under ${leaks} of its attacks`));
      else if (made.length === 0) findings.push(finding(endpoint, 'was never attacked'));
    }
    return findings;
  },
});

const finding = (object: string, message: string): Finding => ({
  object,
  message,
  mend: '-- bulkhead probe attacks every route and says what leaks; a route that it cannot reach needs a control of its own',
});
