import { isAsked, originsOf } from '../../application/origins.ts';
import { type Node, nodesOf, placeOf, type Sources } from '../../application/sources.ts';
import type { Finding } from '../../rule.ts';

/** A message names a row and who may hear of it; what the row says, each client asks for itself. */
const NAMES = new Set([
  'companyId',
  'table',
  'id',
  'action',
  'ownerId',
  'privateTo',
  'forget',
  'look',
  'userId',
  'socket',
]);

/** What is published for no company, for one that a request named, or with what the row says. */
export function inSources(sources: Sources): Finding[] {
  const { ts } = sources;
  const findings: Finding[] = [];
  for (const file of sources.files) {
    if (file.fileName.startsWith('server/tenancy/') || file.fileName === 'server/platform/events.ts') continue;
    for (const node of nodesOf(sources, file)) {
      if (!ts.isCallExpression(node)) continue;
      if (/\bevents\??\.publish$/.test(node.expression.getText())) judge(node, node.arguments[0]);
      if (
        /\b(?:pg_notify|notify\s+\w+)\b/i.test(node.getText()) &&
        /(?:query|many|first|run|gate)$/.test(node.expression.getText())
      )
        add(node, 'notifies past the channel that carries the company');
    }
  }
  return findings;

  function judge(call: Node, message: Node | undefined): void {
    const literal = message && asLiteral(message);
    if (literal === undefined) return;
    const names = literal.properties.map((property) => property.name?.getText());
    if (!names.includes('companyId') && !names.includes('forget')) add(call, 'publishes for no company');
    for (const property of literal.properties) {
      const name = property.name?.getText();
      if (name !== undefined && !NAMES.has(name))
        add(call, `publishes ${name}: what a row says is not for the channel`);
      if (name !== 'companyId') continue;
      const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
      const asked = value && originsOf(sources, value).find(isAsked);
      if (asked !== undefined) add(call, `publishes for the company that ${asked} names`);
    }
  }

  function asLiteral(node: Node) {
    if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node)) return asLiteral(node.expression);
    return ts.isObjectLiteralExpression(node) ? node : undefined;
  }

  function add(node: Node, message: string): void {
    findings.push({
      object: placeOf(node),
      message,
      mend: '-- app.events.publish({ companyId: company.context.companyId, table, id, action })',
    });
  }
}
