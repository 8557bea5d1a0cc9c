import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's own folder, found from the source tree and from the bundle alike. */
export const projectRoot: string = nearestPackage(import.meta.dirname);

function nearestPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error(`No package.json above ${import.meta.dirname}: the installation is incomplete.`);
  return nearestPackage(parent);
}
