import { join } from 'node:path';
import type { Feature } from './platform/feature.ts';
import { importEach } from './platform/import-each.ts';

/** Every feature, found by its folder: `features/<noun>/server/feature.ts`, or its bundle when the app runs bundled. */
export const discoverFeatures = (): Promise<Feature[]> =>
  importEach<Feature>('features', (name) => join(name, 'server', 'feature.ts'));
