import { isAsked, isCompany, originsOf } from '../../application/origins.ts';
import { type Node, nodesOf, placeOf, type Sources } from '../../application/sources.ts';
import type { Finding } from '../../rule.ts';
import { COMMON_FOLDERS } from './common-folders.ts';

const FILES =
  /^(?:(?:fs|promises)\.)?(?:append|write|read|copy|create(?:Read|Write)Stream|open|rename|rm|unlink|mkdir|mkdtemp|readdir|stat|cp|link|symlink)(?:File|dir)?(?:Sync)?$/;
/** Folders that all processes of a machine share. */
const SHARED = /^(?:tmpdir|os\.tmpdir|process\.cwd|homedir|os\.homedir)$/;
/** What keeps files of the installation, and none of a company. */
const ASIDE =
  /^server\/(?:platform\/(?:postgres\/|data-folder|project-root|import-each|problem-pages|pages)|tenancy\/(?:migrate|installation)\.ts)/;

/** Paths that are made without the company, or of what somebody typed. */
export function inSources(sources: Sources): Finding[] {
  const { ts } = sources;
  const findings: Finding[] = [];
  for (const file of sources.files) {
    if (ASIDE.test(file.fileName)) continue;
    for (const node of nodesOf(sources, file)) {
      if (!ts.isCallExpression(node)) continue;
      const callee = node.expression.getText();
      if (callee === 'dataFolder' || SHARED.test(callee)) {
        const path = wholePath(node);
        const origins = originsOf(sources, path);
        const common = origins.some((origin) => Object.hasOwn(COMMON_FOLDERS, origin.slice(1, -1)));
        // What passes through a shared folder under a name that nobody can guess is found by nobody.
        const passing = callee !== 'dataFolder' && origins.some((origin) => /^random(?:UUID|Bytes)\(\)/.test(origin));
        if (!common && !passing && !origins.some(isCompany)) add(node, 'makes the path of a file without its company');
      }
      const [first] = node.arguments;
      if (first === undefined || !(FILES.test(callee) || /^(?:path\.)?(?:join|resolve)$/.test(callee))) continue;
      const typed = node.arguments.flatMap((argument) => originsOf(sources, argument)).find(isAsked);
      if (typed !== undefined && !isHash(node)) add(node, `puts ${typed} into the path of a file`);
      if (FILES.test(callee) && ts.isStringLiteralLike(first) && first.text.startsWith('/'))
        add(node, `keeps files in ${first.text}`);
    }
  }
  return findings;

  function wholePath(node: Node): Node {
    const { parent } = node;
    const goesOn =
      (ts.isCallExpression(parent) && /^(?:path\.)?(?:join|resolve)$/.test(parent.expression.getText())) ||
      ts.isTemplateSpan(parent) ||
      ts.isTemplateExpression(parent) ||
      (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken);
    return goesOn ? wholePath(parent) : node;
  }

  function isHash(node: Node): boolean {
    return /createHash|randomUUID/.test(node.getText());
  }

  function add(node: Node, message: string): void {
    findings.push({
      object: placeOf(node),
      message,
      mend: '-- join(dataFolder(), <kind>, companyId, randomUUID()): the company of the context, and a name of ours',
    });
  }
}
