import './node-version.mjs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { must, root, run, say, tool } from './steps.mjs';
import { count } from './summary.mjs';

const filters = process.argv.slice(2);

await ensureInstalled();
const chromium = await ensureChromium();
await must('the build', process.execPath, [join(root, 'scripts/build.mjs'), '--if-stale']);

const failedChecks = [];
if (filters.length === 0) {
  await check('types', ...tool('typescript/bin/tsc', '--noEmit'));
  await check('lint', ...tool('@biomejs/biome/bin/biome', 'check', '.'));
  if (hasScript('check:imports')) await check('import rules', 'npm', ['run', '--silent', 'check:imports']);
}

const { code, report } = await vitest();
for (const name of failedChecks) console.log(`bulkhead: ${name} failed; see above`);
const { passed, failed } = count(report, code, failedChecks.length);
process.exitCode = code || (failed > 0 ? 1 : 0);
console.log(`${passed} passed, ${failed} failed`);

/** A failed check does not keep the tests from running: one run tells everything. */
async function check(name, program, args) {
  const { code: failed, output } = await run(program, args, { quiet: true });
  if (failed === 0) return say(`${name}: fine`);
  failedChecks.push(name);
  process.stdout.write(`${output.trimEnd()}\n`);
  say(`${name}: failed`);
}

async function vitest() {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-report-'));
  const file = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const env = { ...process.env, ...(chromium && { BULKHEAD_CHROMIUM: chromium }) };
  try {
    const { code } = await run(...tool('vitest/vitest.mjs', 'run', ...reporters, ...filters), { env });
    return { code, report: readReport(file) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function hasScript(name) {
  return name in JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;
}
