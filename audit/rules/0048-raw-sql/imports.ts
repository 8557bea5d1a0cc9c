import type { Node, Sources } from '../../application/sources.ts';

const DRIVERS = /^(?:pg|pg-[\w-]+|postgres|mysql2?|knex|sequelize|typeorm|@prisma\/client|drizzle-orm)(?:\/|$)/;
/** Modules of tenancy/ that hold connections or work as the database's administrator. */
const INNER = /(?:^|\/)tenancy\/(?:pool|lanes|history|super-admin|identities|installation|migrate|wire\/lane)\.ts$/;
/** Those who start a process: they make its door. */
const STARTS = /^server\/(?:main|worker)\.ts$/;
/** What the queue is opened with: its role calls functions and reads no table. */
const QUEUE = /(?:^|\/)tenancy\/job-queue\.ts$/;

/** What is wrong with a value that is imported, in whichever way; undefined where nothing is. */
export function importOf({ ts }: Sources, node: Node, path: string): string | undefined {
  const name = moduleOf();
  if (name === undefined) return undefined;
  if (DRIVERS.test(name)) return `imports ${name}, whose connections know no company`;
  if (INNER.test(name) && !STARTS.test(path)) return `imports ${name}, which goes past the door`;
  if (QUEUE.test(name) && path.startsWith('features/'))
    return `imports ${name}, which serves the queue of all companies`;
  return undefined;

  function moduleOf(): string | undefined {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const { importClause: clause } = node;
      const named = clause?.namedBindings;
      const onlyTypes =
        clause?.isTypeOnly ||
        (clause !== undefined &&
          clause.name === undefined &&
          named !== undefined &&
          ts.isNamedImports(named) &&
          named.elements.every(({ isTypeOnly }) => isTypeOnly));
      return onlyTypes ? undefined : node.moduleSpecifier.text;
    }
    if (
      ts.isExportDeclaration(node) &&
      !node.isTypeOnly &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    )
      return node.moduleSpecifier.text;
    if (!ts.isCallExpression(node)) return undefined;
    const [first] = node.arguments;
    const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || /\brequire$/.test(node.expression.getText());
    return loads && first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
  }
}
