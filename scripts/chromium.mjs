import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { must, run, say } from './steps.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of a Chromium for the browser tests, installed where that can be done; undefined when they are not wanted. */
export async function ensureChromium() {
  if (process.env.BULKHEAD_NO_BROWSER === '1') return undefined;
  const found = findChromium();
  if (found) return found;
  const apt = await packageManager();
  if (apt) {
    say('installing Chromium for the browser tests');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const [program, ...args] = apt;
    await must('apt-get update', program, [...args, 'update'], { env });
    const packages = ['chromium', 'fonts-dejavu-core'];
    await must('apt-get install', program, [...args, 'install', '-y', '--no-install-recommends', ...packages], { env });
    const installed = findChromium();
    if (installed) return installed;
  }
  console.error(
    'bulkhead: the browser tests need Chromium or Chrome. Install one (on Debian: apt-get install chromium), name it in ' +
      'BULKHEAD_CHROMIUM, or leave the browser tests out with BULKHEAD_NO_BROWSER=1.',
  );
  process.exit(1);
}

function findChromium() {
  const given = process.env.BULKHEAD_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(':').concat('/usr/bin', '/usr/local/bin');
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return (given ? [given] : [...places, ...elsewhere]).find(isProgram);
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** How to call apt-get with the rights to install, or undefined where there is none. */
async function packageManager() {
  if (!isProgram('/usr/bin/apt-get')) return undefined;
  if (process.getuid() === 0) return ['/usr/bin/apt-get'];
  const { code } = await run('sudo', ['-n', 'true'], { quiet: true });
  return code === 0 ? ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive', '/usr/bin/apt-get'] : undefined;
}
