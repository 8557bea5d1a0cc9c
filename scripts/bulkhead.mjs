#!/usr/bin/env node
import './node-version.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { staleParts } from './stale.mjs';
import { must, root } from './steps.mjs';

await ensureInstalled();
if (staleParts().includes('server')) {
  await must('the build', process.execPath, [join(root, 'scripts/build.mjs'), '--if-stale']);
}

process.setSourceMapsEnabled(true);
const main = join(root, 'dist/cli/main.js');
process.argv.splice(1, 1, main);
await import(pathToFileURL(main).href);
