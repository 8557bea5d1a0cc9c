import { xml } from '../../report/junit.ts';
import type { Cell } from '../matrix.ts';
import type { ProbeResult } from '../result.ts';

/** JUnit's XML: each endpoint a suite, each attack on it a test; what was not reached or does not apply is skipped, and says why. */
export function probeJunit({ endpoints, cells, counts, startedAt }: ProbeResult): string {
  const suites = endpoints.map(({ method, path }) => {
    const title = `${method} ${path}`;
    const own = cells.filter(({ endpoint }) => endpoint === title);
    const failures = own.filter(({ outcome }) => outcome === 'leaked').length;
    const skipped = own.filter(({ outcome }) => outcome !== 'leaked' && outcome !== 'held').length;
    return `  <testsuite name="${xml(title)}" tests="${own.length}" failures="${failures}" errors="0" skipped="${skipped}" timestamp="${startedAt.slice(0, 19)}">\n${own.map(testCase).join('\n')}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="bulkhead probe" tests="${cells.length}" failures="${counts.leaked}" errors="0" skipped="${counts['not reached'] + counts['not applicable']}">
${suites.join('\n')}
</testsuites>
`;
}

function testCase({ endpoint, number, attack, outcome, reason, reproduction }: Cell): string {
  const head = `    <testcase classname="${xml(endpoint)}" name="${xml(`${number} ${attack}`)}"`;
  if (outcome === 'held') return `${head}/>`;
  if (outcome === 'leaked')
    return `${head}>\n      <failure type="leak" message="${xml(reason.split('\n')[0] ?? '')}">${xml([reason, reproduction].filter(Boolean).join('\n'))}</failure>\n    </testcase>`;
  return `${head}>\n      <skipped message="${xml(`${outcome}: ${reason}`)}"/>\n    </testcase>`;
}
