import { isAsked, originsOf } from '../../application/origins.ts';
import { nodesOf, placeOf, type Sources } from '../../application/sources.ts';
import type { Finding } from '../../rule.ts';

/** Doors that are opened for a company that a request named, on whichever way through the code. */
export function inSources(sources: Sources): Finding[] {
  const { ts } = sources;
  const findings: Finding[] = [];
  for (const file of sources.files) {
    for (const node of nodesOf(sources, file)) {
      if (!ts.isCallExpression(node) || !/\basCompany$/.test(node.expression.getText())) continue;
      const [context] = node.arguments;
      if (context === undefined || !ts.isObjectLiteralExpression(context)) continue;
      for (const property of context.properties) {
        const { name } = property;
        if (name === undefined || name.getText() !== 'companyId') continue;
        const value = ts.isPropertyAssignment(property) ? property.initializer : name;
        const asked = originsOf(sources, value).find(isAsked);
        if (asked === undefined) continue;
        findings.push({
          object: placeOf(node),
          message: `opens the door of the company that ${asked} names`,
          mend: '-- use request.company, or the company that a gate function found',
        });
      }
    }
  }
  return findings;
}
