import { createRequire, Module, register } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rules } from './import-rules.mjs';

// dependency-cruiser reads TypeScript by TypeScript 5's programming interface, which the compiler that the project is
// built with no longer has: where it asks for typescript it gets the one of the tools workspace.
const typescript = createRequire(new URL('../tools/package.json', import.meta.url)).resolve('typescript');
const hooks = `export const resolve = (name, context, next) => name === 'typescript'
  ? { url: ${JSON.stringify(pathToFileURL(typescript).href)}, format: 'commonjs', shortCircuit: true } : next(name, context)`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
const find = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) =>
  name === 'typescript/package.json' ? join(dirname(dirname(typescript)), 'package.json') : find(name, ...rest);

const { cruise } = await import('dependency-cruiser');

/** The imports of a tree of sources that break the rules, as lines to print. */
export async function brokenImports(folder) {
  const roots = ['contracts', 'features', 'server', 'web'];
  const { output } = await cruise(
    roots,
    {
      baseDir: folder,
      ruleSet: rules,
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: {
        extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.json'],
        exportsFields: ['exports'],
      },
      outputType: 'json',
    },
    {},
    {},
  );
  const { summary, modules } = JSON.parse(output);
  const typed = modules.filter(({ source }) => /\.tsx?$/.test(source));
  if (typed.length === 0 || typed.every(({ dependencies }) => dependencies.length === 0)) {
    throw new Error('no import of any TypeScript file was read: the rules would hold whatever the code says');
  }
  return summary.violations.map(({ rule, from, to, cycle }) =>
    cycle === undefined
      ? `${rule.name}: ${from} -> ${to}`
      : `${rule.name}: ${from} -> ${cycle.map(({ name }) => name ?? '').join(' -> ')}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const broken = await brokenImports(process.argv[2] ?? dirname(import.meta.dirname));
  for (const line of broken) console.log(line);
  if (broken.length > 0) console.log(`${broken.length} imports break the rules of scripts/import-rules.mjs`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}
