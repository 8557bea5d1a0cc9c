import { isAsked, originsOf } from '../../application/origins.ts';
import type { Node, Sources } from '../../application/sources.ts';

const STATEMENT =
  /^\s*(?:select\b[^;]*\bfrom\b|insert\s+into\b|update\s+[\w".]+\s+set\b|delete\s+from\b|truncate\s|set\s+(?:local\s+|session\s+)?(?:role|app\.|row_security|session)|reset\s+role|copy\s+\w+\s+(?:from|to)\b|listen\s|notify\s)/i;
const SETS_CONTEXT =
  /\bset_config\s*\(\s*(?:'(?:app\.|role\b|row_security|session)|\$\{)|\bset\s+(?:local\s+|session\s+)?(?:role|app\.|row_security)|\breset\s+role\b/i;
const READS = /\b(?:from|join|update|into)\s+(?:only\s+)?(?:public\.)?"?([a-z_]+)"?/gi;
const TABLE_METHODS = new Set([
  'selectFrom',
  'updateTable',
  'deleteFrom',
  'insertInto',
  'mergeInto',
  'innerJoin',
  'leftJoin',
  'rightJoin',
  'fullJoin',
  'crossJoin',
  'using',
  'from',
]);

/** What is wrong with a statement that a node writes; undefined where nothing is, or it writes none. */
export function statementOf(sources: Sources, node: Node, owned: readonly string[]): string | undefined {
  const { ts } = sources;
  if (ts.isTaggedTemplateExpression(node) && /^sql\b/.test(node.tag.getText()))
    return ofTemplate(node.template.getText());
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
    const { parent } = node;
    if (ts.isTaggedTemplateExpression(parent) || ts.isImportDeclaration(parent)) return undefined;
    const text = ts.isTemplateExpression(node) ? node.getText().slice(1) : node.text;
    return STATEMENT.test(text) ? 'writes a statement as text: it gets no company predicate' : undefined;
  }
  if (ts.isNewExpression(node) && /^(?:Kysely|pg\.(?:Pool|Client)|Pool|Client)$/.test(node.expression.getText()))
    return `makes a ${node.expression.getText()} of its own`;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { name, expression: whose } = node.expression;
  const [first] = node.arguments;
  if (name.text === 'withoutPlugins') return 'takes the company predicate off its queries';
  if (name.text === 'raw' && /^CompiledQuery$/.test(whose.getText())) return 'writes a statement as text';
  if (
    name.text === 'raw' &&
    whose.getText() === 'sql' &&
    first !== undefined &&
    originsOf(sources, first).some(isAsked)
  )
    return 'puts what a request says into a statement as it is';
  const named = first !== undefined && ts.isAsExpression(first) ? first.expression : first;
  if (TABLE_METHODS.has(name.text) && named && ts.isStringLiteral(named) && /^\w+\.\w+/.test(named.text))
    return `names a table with its schema, ${named.text}: it gets no company predicate`;
  return undefined;

  function ofTemplate(text: string): string | undefined {
    if (SETS_CONTEXT.test(text)) return 'sets the context of its transaction itself';
    if (/\bcompany_id\b|\bapp\.cid\(\)/.test(text)) return undefined;
    const table = [...text.matchAll(READS)]
      .map(([, named = '']) => named.toLowerCase())
      .find((named) => owned.includes(named));
    return table === undefined ? undefined : `reads ${table} in raw SQL without its company`;
  }
}
