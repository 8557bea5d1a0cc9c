import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const say = (line) => console.log(`bulkhead: ${line}`);

/** Runs a program; the answer is its exit code and, when `quiet`, what it printed. */
export function run(program, args, { quiet = false, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    const forward = (signal) => child.kill(signal);
    process.on('SIGTERM', forward);
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => {
      process.off('SIGTERM', forward);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Runs a program whose output interests nobody unless it fails; then it is printed and the process ends. */
export async function must(what, program, args, options = {}) {
  const { code, output } = await run(program, args, { quiet: true, ...options });
  if (code === 0) return;
  process.stderr.write(`${output.trimEnd()}\n`);
  console.error(`bulkhead: ${what} failed; what it printed is above.`);
  process.exit(code);
}

/** A program of an installed package, run with this Node. */
export const tool = (path, ...args) => [process.execPath, [`${root}/node_modules/${path}`, ...args]];
