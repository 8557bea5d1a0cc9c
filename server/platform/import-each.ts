import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './project-root.ts';

/**
 * The default exports of the modules of a folder, in the order of their names, bundled or not: whoever adds one adds a
 * file, and lists it nowhere.
 * @param folder below the project, such as `features`
 * @param fileOf the module of an entry of the folder, as in the source; entries without it are passed over
 */
export async function importEach<T>(folder: string, fileOf: (entry: string) => string): Promise<T[]> {
  const bundled = import.meta.dirname.startsWith(join(projectRoot, 'dist') + sep);
  const path = bundled ? join(projectRoot, 'dist', folder) : join(projectRoot, folder);
  const found: T[] = [];
  for (const entry of readdirSync(path).sort()) {
    if (/\.(test\.ts|map)$/.test(entry)) continue;
    const file = join(path, bundled ? fileOf(entry).replace(/\.ts$/, '.js') : fileOf(entry));
    if (existsSync(file)) found.push(((await import(pathToFileURL(file).href)) as { default: T }).default);
  }
  return found;
}
