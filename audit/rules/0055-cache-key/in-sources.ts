import type TypeScript from '../../../tools/node_modules/typescript/lib/typescript.d.ts';
import { isAsked, isCompany, originsOf } from '../../application/origins.ts';
import { type Node, nodesOf, placeOf, type SourceFile, type Sources } from '../../application/sources.ts';
import type { Finding } from '../../rule.ts';
import { COMMON_CACHES } from './common-caches.ts';

const CACHE = /^(?:LRUCache|LRU|TTLCache|Map|Set|WeakMap)$/;
const ALWAYS = /^(?:LRUCache|LRU|TTLCache)$/;

/** Caches whose keys do not carry the company, and variables of a module that keep what one request left for the next. */
export function inSources(sources: Sources): Finding[] {
  const { ts } = sources;
  return sources.files.flatMap((file) => {
    const findings: Finding[] = [];
    for (const node of nodesOf(sources, file)) {
      const kept = keptBy(node);
      if (kept !== undefined) for (const use of keysOf(file, kept)) judge(file, kept, use.key, use.place);
      const variable = variableOf(node);
      if (variable !== undefined && isAssigned(file, variable) && !(`${file.fileName} ${variable}` in COMMON_CACHES))
        add(node, `${variable} keeps what one request left for the next`);
      if (ts.isCallExpression(node) && isOpenHeader(node)) add(node, 'lets caches on the way keep an answer');
    }
    return findings;

    function judge(from: SourceFile, name: string, key: Node, place: Node): void {
      const common = COMMON_CACHES[`${from.fileName} ${name}`];
      if (common !== undefined && common.keys === undefined) return;
      for (const origins of throughCalls(from, key)) {
        const asked = origins.some(isAsked) && !origins.some(isCompany);
        if (!asked && (origins.some(isCompany) || origins.some((origin) => common?.keys?.test(origin)))) continue;
        add(place, `${name} is asked by a key without the company: ${key.getText()}`);
        return;
      }
    }

    function add(node: Node, message: string): void {
      findings.push({
        object: placeOf(node),
        message,
        mend: '-- make the key of the company of the context and the rest: [companyId, id].join()',
      });
    }
  });

  /** The name of a cache that outlives a request: an LRU cache anywhere, a map of a module or of an object. */
  function keptBy(node: Node): string | undefined {
    if (!ts.isVariableDeclaration(node) && !ts.isPropertyDeclaration(node)) return undefined;
    const { initializer } = node;
    if (initializer === undefined || !ts.isNewExpression(initializer)) return undefined;
    const made = initializer.expression.getText();
    if (!CACHE.test(made)) return undefined;
    const lasting = ts.isPropertyDeclaration(node) || ts.isSourceFile(node.parent.parent.parent);
    return lasting || ALWAYS.test(made) ? node.name.getText() : undefined;
  }

  /** The keys under which something is kept or looked for while requests are served. */
  function keysOf(file: SourceFile, name: string): { key: Node; place: Node }[] {
    const uses: { key: Node; place: Node; writes: boolean }[] = [];
    for (const node of nodesOf(sources, file)) {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
      const { expression: whose, name: method } = node.expression;
      const [key] = node.arguments;
      if (whose.getText().replace(/^this\./, '') !== name || key === undefined || !isServed(node)) continue;
      if (/^(?:get|set|has|add|peek)$/.test(method.text))
        uses.push({ key, place: node, writes: /^(?:set|add)$/.test(method.text) });
    }
    return uses.some(({ writes }) => writes) ? uses : [];
  }

  function isServed(node: Node): boolean {
    for (let outer = node.parent; outer !== undefined; outer = outer.parent) if (ts.isFunctionLike(outer)) return true;
    return false;
  }

  /** What a key is made of; where it is a parameter, what each caller in the file hands over. */
  function throughCalls(file: SourceFile, key: Node): string[][] {
    const origins = originsOf(sources, key);
    if (!ts.isIdentifier(key) || origins.join() !== key.text) return [origins];
    const around = functionAround(key);
    const at = around?.parameters.findIndex(({ name }) => name.getText() === key.text) ?? -1;
    const name = around?.name?.getText();
    if (at < 0 || name === undefined) return [origins];
    const calls = [...nodesOf(sources, file)]
      .filter((node) => ts.isCallExpression(node))
      .filter(({ expression }) => expression.getText().replace(/^this\./, '') === name)
      .flatMap(({ arguments: given }) => given[at] ?? []);
    return calls.length === 0 ? [origins] : calls.map((given) => originsOf(sources, given));
  }

  function functionAround(node: Node): TypeScript.SignatureDeclaration | undefined {
    for (let outer = node.parent; outer !== undefined; outer = outer.parent)
      if (ts.isFunctionLike(outer) && outer.name !== undefined) return outer;
    return undefined;
  }

  /** A `let` of a module. */
  function variableOf(node: Node): string | undefined {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) return undefined;
    const list = node.parent;
    if (!ts.isVariableDeclarationList(list) || !(list.flags & ts.NodeFlags.Let)) return undefined;
    const { fileName } = node.getSourceFile();
    const starts =
      /^server\/(?:main|worker|tenancy\/)|^server\/platform\/(?:postgres\/|worker-process|server-processes)/.test(
        fileName,
      );
    return ts.isSourceFile(list.parent.parent) && !starts ? node.name.text : undefined;
  }

  /** Whether a function puts something of its call into it. What is made once, and is the same for all, is no matter. */
  function isAssigned(file: SourceFile, name: string): boolean {
    for (const node of nodesOf(sources, file)) {
      if (!ts.isBinaryExpression(node) || !ts.isIdentifier(node.left) || node.left.text !== name) continue;
      const { kind } = node.operatorToken;
      if (kind < ts.SyntaxKind.FirstAssignment || kind > ts.SyntaxKind.LastAssignment) continue;
      const bound = boundAround(node);
      if ([...nodesOf(sources, node.right)].some((one) => ts.isIdentifier(one) && bound.has(one.text))) return true;
    }
    return false;
  }

  /** The parameters and variables of the functions around a node. */
  function boundAround(node: Node): Set<string> {
    const bound = new Set<string>();
    for (let outer = node.parent; outer !== undefined; outer = outer.parent) {
      if (!ts.isFunctionLike(outer)) continue;
      for (const one of nodesOf(sources, outer))
        if (
          (ts.isParameter(one) || ts.isVariableDeclaration(one) || ts.isBindingElement(one)) &&
          ts.isIdentifier(one.name)
        )
          bound.add(one.name.text);
    }
    return bound;
  }

  function isOpenHeader({ expression, arguments: [name, value] }: TypeScript.CallExpression): boolean {
    if (!ts.isPropertyAccessExpression(expression) || !/^(?:header|set|setHeader)$/.test(expression.name.text))
      return false;
    if (name === undefined || value === undefined || !/^['"`]cache-control['"`]$/i.test(name.getText())) return false;
    return /\bpublic\b|s-maxage/.test(value.getText());
  }
}
