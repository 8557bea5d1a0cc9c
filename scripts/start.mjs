import './node-version.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { staleParts } from './stale.mjs';
import { root, run, say } from './steps.mjs';

await ensureInstalled();

const stale = staleParts();
if (stale.length > 0) {
  say(`building the ${stale.join(' and the ')}`);
  const { code } = await run(process.execPath, [join(root, 'scripts/build.mjs'), '--if-stale']);
  if (code !== 0) {
    console.error('bulkhead: the build failed; what it printed is above.');
    process.exit(code);
  }
}

const main = join(root, 'dist/server/main.js');
if (!existsSync(main)) {
  console.error('bulkhead: there is nothing to start: server/main.ts is missing from this copy.');
  process.exit(1);
}

say('starting');
process.setSourceMapsEnabled(true);
// In this very process, so that signals reach the server and its exit code is npm's.
process.argv.splice(1, 1, main);
await import(pathToFileURL(main).href);
