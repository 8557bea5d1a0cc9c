import { randomUUID } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Feature } from '../../server/platform/feature.ts';
import { projectRoot } from '../../server/platform/project-root.ts';
import type { Application, Differences } from '../application/application.ts';

/** An app whose only feature is a copy of one of Bulkhead's own, loaded with one of its files changed. */
export const mutant =
  (noun: string, path: string, change: (text: string) => string) =>
  async (_given: Application): Promise<Differences> => {
    // As deep as features/<noun>, so that what it imports of the server is found.
    const folder = join(projectRoot, 'coverage', `${noun}-${randomUUID()}`);
    cpSync(join(projectRoot, 'features', noun), folder, {
      recursive: true,
      filter: (source) => !/\.test\.tsx?$|\/web$/.test(source),
    });
    try {
      const file = join(folder, path);
      writeFileSync(file, change(readFileSync(file, 'utf8')));
      const loaded = (await import(join(folder, 'server/feature.ts'))) as { default: Feature };
      return { features: [loaded.default] };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
