import { NO_SOURCES } from '../../application/reasons.ts';
import { nodesOf, placeOf } from '../../application/sources.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { importOf } from './imports.ts';
import { statementOf } from './statements.ts';

/** Where the driver is at home: the door itself, and what starts a database server. */
const HOME = /^server\/(?:tenancy\/|platform\/(?:database\.ts$|postgres\/))/;

export default defineRule({
  number: 48,
  name: 'raw-sql',
  severity: 'high',
  part: 'models',
  title: 'No statement reaches the database but through a company’s door',
  application: async ({ sources, tables }) => {
    if (sources === undefined) return { findings: [], unchecked: NO_SOURCES };
    const owned = [...tables].filter(([, { kind }]) => kind === 'company').map(([name]) => name);
    const findings: Finding[] = [];
    for (const file of sources.files) {
      if (HOME.test(file.fileName)) continue;
      for (const node of nodesOf(sources, file)) {
        const message = importOf(sources, node, file.fileName) ?? statementOf(sources, node, owned);
        if (message === undefined) continue;
        findings.push({
          object: placeOf(node),
          message,
          mend: '-- build the query with q, and hand it to the company that the request brings: request.company.many(query)',
        });
      }
    }
    return findings;
  },
});
