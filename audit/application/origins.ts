import type TypeScript from '../../tools/node_modules/typescript/lib/typescript.d.ts';
import type { Node, Sources } from './sources.ts';

type Expression = TypeScript.Node;

/** How deep a value is followed through constants and functions of its file. */
const DEPTH = 8;

/**
 * What an expression is made of, as paths: `company.context.companyId`, `body.company_id`, `'imports'`. Constants and
 * functions of the same file are looked through, a handler's parameters keep the names that Fastify gives them.
 */
export function originsOf({ ts }: Sources, expression: Expression, depth = DEPTH): string[] {
  return of(expression, depth);

  function of(node: Expression, left: number): string[] {
    if (left === 0) return [node.getText()];
    const all = (nodes: readonly Expression[]): string[] => nodes.flatMap((one) => of(one, left));
    if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [`'${node.text}'`];
    if (ts.isIdentifier(node)) return ofName(node, left);
    if (ts.isPropertyAccessExpression(node))
      return ofWhole(node.expression, left).map((path) => `${path}.${node.name.text}`);
    if (ts.isElementAccessExpression(node))
      return ofWhole(node.expression, left).map((path) =>
        ts.isStringLiteralLike(node.argumentExpression) ? `${path}.${node.argumentExpression.text}` : path,
      );
    if (ts.isTemplateExpression(node))
      return [`'${node.head.text}'`, ...all(node.templateSpans.map((s) => s.expression))];
    if (ts.isTaggedTemplateExpression(node)) return of(node.template, left);
    if (ts.isCallExpression(node)) return ofCall(node, left);
    if (ts.isNewExpression(node)) return all(node.arguments ?? []);
    if (ts.isConditionalExpression(node)) return all([node.whenTrue, node.whenFalse]);
    if (ts.isBinaryExpression(node)) return all([node.left, node.right]);
    if (ts.isObjectLiteralExpression(node))
      return node.properties.flatMap((property) => {
        if (ts.isPropertyAssignment(property)) return of(property.initializer, left);
        if (ts.isShorthandPropertyAssignment(property)) return ofName(property.name, left);
        return ts.isSpreadAssignment(property) ? of(property.expression, left) : [];
      });
    if (ts.isArrayLiteralExpression(node)) return all(node.elements);
    if (
      ts.isAwaitExpression(node) ||
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isSpreadElement(node)
    )
      return of(node.expression, left);
    return [node.getText()];
  }

  function ofCall({ expression: callee, arguments: given }: TypeScript.CallExpression, left: number): string[] {
    const handed = given.map((one) => of(one, left));
    if (ts.isPropertyAccessExpression(callee)) return [...of(callee.expression, left), ...handed.flat()];
    if (!ts.isIdentifier(callee)) return handed.flat();
    const called = functionOf(callee);
    if (called?.body === undefined) return [`${callee.text}()`, ...handed.flat()];
    // What is handed over and not used is no part of what comes back.
    const names = called.parameters.map(({ name }) => name.getText());
    const made = returned(called.body).flatMap((one) => of(one, left - 1));
    return [
      `${callee.text}()`,
      ...made.flatMap((origin) => {
        const [head = '', ...rest] = origin.split('.');
        const handedOver = handed[names.indexOf(head)];
        return handedOver === undefined ? [origin] : handedOver.map((one) => [one, ...rest].join('.'));
      }),
    ];
  }

  /**
   * What something is of which a part is taken. A part of what a function found is not made of what it looked for: the
   * row behind a link is the database's word, not the link's.
   */
  function ofWhole(node: Expression, left: number): string[] {
    if (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
      return ofWhole(node.expression, left);
    if (ts.isIdentifier(node)) {
      const declared = declarationOf(node);
      if (declared !== undefined && ts.isVariableDeclaration(declared) && declared.initializer !== undefined)
        return left === 0 ? [node.text] : ofWhole(declared.initializer, left - 1);
    }
    if (!ts.isCallExpression(node) || /^(?:JSON|Object|structuredClone)\b/.test(node.expression.getText()))
      return of(node, left);
    return [`${node.expression.getText()}()`];
  }

  /** The function of the same file that a name stands for. */
  function functionOf(name: TypeScript.Identifier) {
    const declared = declarationOf(name);
    if (declared === undefined) return undefined;
    if (ts.isFunctionDeclaration(declared)) return declared;
    if (!ts.isVariableDeclaration(declared) || declared.initializer === undefined) return undefined;
    const { initializer } = declared;
    return ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer) ? initializer : undefined;
  }

  function returned(body: Node): Expression[] {
    if (!ts.isBlock(body)) return [body];
    const found: Expression[] = [];
    const look = (node: Node): void => {
      if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
      if (!ts.isFunctionLike(node)) ts.forEachChild(node, look);
    };
    ts.forEachChild(body, look);
    return found;
  }

  function ofName(name: TypeScript.Identifier, left: number): string[] {
    const declared = declarationOf(name);
    if (declared === undefined) return [name.text];
    if (ts.isVariableDeclaration(declared)) {
      const { initializer } = declared;
      if (initializer === undefined || ts.isArrowFunction(initializer)) return [name.text];
      return of(initializer, left - 1);
    }
    if (ts.isBindingElement(declared)) return ofElement(declared, left);
    return [name.text];
  }

  /** `companyId` of `const { companyId } = company.context` is `company.context.companyId`. */
  function ofElement(element: TypeScript.BindingElement, left: number): string[] {
    const name = (element.propertyName ?? element.name).getText();
    const { parent } = element.parent;
    if (ts.isBindingElement(parent)) return ofElement(parent, left).map((path) => `${path}.${name}`);
    if (!ts.isVariableDeclaration(parent) || parent.initializer === undefined) return [name];
    return ofWhole(parent.initializer, left - 1).map((path) => `${path}.${name}`);
  }

  function declarationOf(name: TypeScript.Identifier): Node | undefined {
    for (let scope: Node | undefined = name.parent; scope !== undefined; scope = scope.parent) {
      if (!ts.isBlock(scope) && !ts.isSourceFile(scope) && !ts.isFunctionLike(scope) && !ts.isForOfStatement(scope))
        continue;
      const found = declaredIn(scope, name.text);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  function declaredIn(scope: Node, name: string): Node | undefined {
    let found: Node | undefined;
    const bind = (declared: Node & { name?: Node | undefined }): void => {
      const { name: bound } = declared;
      if (bound === undefined) return;
      if (ts.isIdentifier(bound)) {
        if (bound.text === name) found ??= declared;
      } else if (ts.isObjectBindingPattern(bound) || ts.isArrayBindingPattern(bound)) {
        for (const element of bound.elements) if (ts.isBindingElement(element)) bind(element);
      }
    };
    if (ts.isFunctionLike(scope)) for (const parameter of scope.parameters) bind(parameter);
    else if (ts.isForOfStatement(scope)) {
      if (ts.isVariableDeclarationList(scope.initializer)) for (const one of scope.initializer.declarations) bind(one);
    } else
      for (const statement of (scope as TypeScript.Block | TypeScript.SourceFile).statements) {
        if (ts.isVariableStatement(statement)) for (const one of statement.declarationList.declarations) bind(one);
        if (ts.isFunctionDeclaration(statement)) bind(statement);
      }
    return found;
  }
}

/** Whether what somebody sent decides: a request's parts, a job's payload, a file's name. */
export const isAsked = (origin: string): boolean =>
  /^(?:(?:request|req|\w*[rR]equest)\.)?(?:body|query|params|headers|raw|hostname|cookies|payload|filename)\b/.test(
    origin,
  ) || /\.(?:body|query|params|headers|payload|filename)(?:\.|$)/.test(origin);

/** Whether a value carries a company that nobody sent. */
export const isCompany = (origin: string): boolean =>
  /compan(?:y|ies)|tenant/i.test(origin) && !isAsked(origin) && !origin.startsWith("'");
