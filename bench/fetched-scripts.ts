import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { projectRoot } from '../server/platform/project-root.ts';

const weigh = (name: string) => gzipSync(readFileSync(join(projectRoot, 'dist/web/assets', name)), { level: 9 }).length;

/** The scripts of the built app that a page fetches from now on, and their weight in bytes gzipped. */
export function fetchedScripts(page: Page) {
  const names = new Set<string>();
  page.on('request', (request) => void (/\.js$/.test(request.url()) && names.add(basename(request.url()))));
  return { names, weight: () => [...names].reduce((sum, name) => sum + weigh(name), 0) };
}
