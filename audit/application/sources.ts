import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../../server/platform/project-root.ts';
import type TypeScript from '../../tools/node_modules/typescript/lib/typescript.d.ts';

export type Node = TypeScript.Node;
export type SourceFile = TypeScript.SourceFile;

/** The code of the app, parsed: what serves requests, runs jobs and is called on the command line; no tests. */
export interface Sources {
  readonly ts: typeof TypeScript;
  /** Paths below the project, such as `features/contacts/server/queries.ts`. */
  readonly files: readonly SourceFile[];
  file(path: string): SourceFile | undefined;
  /** The same code with some files changed or added. */
  with(changed: Readonly<Record<string, string>>): Sources;
}

const ROOTS = ['server', 'features', 'contracts', 'db/types.ts'];
const ASIDE = /\.test\.tsx?$|\/(testing|fixtures|web)\//;

/** Undefined where the code, or the compiler that reads it, is not installed. */
export function sourcesOf(root = projectRoot): Sources | undefined {
  const compiler = join(root, 'tools/package.json');
  if (!ROOTS.every((part) => existsSync(join(root, part))) || !existsSync(compiler)) return undefined;
  let ts: typeof TypeScript;
  try {
    // Version 5 of the compiler, of the tools workspace: the one that the project is built with has no such interface.
    ts = createRequire(compiler)('typescript');
  } catch {
    return undefined;
  }
  const paths = ROOTS.flatMap((part) => (part.endsWith('.ts') ? [part] : below(root, part)));
  return parsed(ts, new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])));
}

const below = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !ASIDE.test(path));

function parsed(
  ts: typeof TypeScript,
  texts: ReadonlyMap<string, string>,
  known = new Map<string, SourceFile>(),
): Sources {
  const files = new Map<string, SourceFile>();
  for (const [path, text] of texts) {
    const same = known.get(path);
    files.set(path, same?.text === text ? same : ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  }
  return {
    ts,
    files: [...files.values()],
    file: (path) => files.get(path),
    with: (changed) => parsed(ts, new Map([...texts, ...Object.entries(changed)]), files),
  };
}

/** Every node of a file, from the outside in. */
export function* nodesOf(sources: Sources, node: Node): Generator<Node> {
  yield node;
  const children: Node[] = [];
  sources.ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(sources, child);
}

/** `features/contacts/server/queries.ts:12` */
export function placeOf(node: Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
