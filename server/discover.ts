import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Feature } from './platform/feature.ts';
import { projectRoot } from './platform/project-root.ts';

/** Every feature, found by its folder: `features/<noun>/server/feature.ts`, or its bundle when the app runs bundled. */
export async function discoverFeatures(): Promise<Feature[]> {
  const bundled = import.meta.dirname.startsWith(join(projectRoot, 'dist') + sep);
  const folder = join(projectRoot, bundled ? 'dist/features' : 'features');
  const features: Feature[] = [];
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, 'server', bundled ? 'feature.js' : 'feature.ts');
    if (!existsSync(file)) continue;
    const module = (await import(pathToFileURL(file).href)) as { default: Feature };
    features.push(module.default);
  }
  return features;
}
