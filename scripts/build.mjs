import './node-version.mjs';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { fingerprint, markBuilt, staleParts } from './stale.mjs';
import { root, say } from './steps.mjs';

// Made of hundreds of small modules each, which Node would look for and read one by one at every start.
const INLINED = ['jose', 'kysely', 'libphonenumber-js', 'typebox'];

/** Takes those packages into the build; all others stay where npm put them. */
const onlyInlined = {
  name: 'only inlined',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      const inlined = INLINED.some((name) => path === name || path.startsWith(`${name}/`));
      return kind === 'entry-point' || inlined ? undefined : { path, external: true };
    });
  },
};

const out = join(root, 'dist');
const builders = { server: buildServer, web: buildWeb };

/** `--if-stale` builds only what has changed; otherwise everything there is. */
const parts = process.argv.includes('--if-stale') ? staleParts() : Object.keys(builders);
await Promise.all(
  parts.map(async (part) => {
    const taken = fingerprint(part);
    await builders[part]();
    markBuilt(part, taken);
  }),
).catch((error) => {
  console.error(error.message);
  process.exit(1);
});

async function buildServer() {
  const entryPoints = serverEntries();
  if (entryPoints.length === 0) return;
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: out,
    outbase: '.',
    bundle: true,
    plugins: [onlyInlined],
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    sourcemap: true,
    write: false,
  });
  // Only now that it has compiled: a mistake in the source leaves the last good build in place.
  for (const name of existsSync(out) ? readdirSync(out) : []) {
    if (name !== 'web' && !name.startsWith('.')) rmSync(join(out, name), { recursive: true });
  }
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
  say(`built the server (${entryPoints.length} entry points)`);
}

/** What is found by its folder when it runs is an entry of its own. */
function serverEntries() {
  return [
    'server/main.ts',
    'server/worker.ts',
    'server/auditor.ts',
    'server/prober.ts',
    'cli/main.ts',
    ...modulesOf('cli/commands', (name) => (name.endsWith('.test.ts') ? '' : name)),
    ...modulesOf('audit/rules', (name) => `${name}/rule.ts`),
    ...modulesOf('features', (name) => `${name}/server/feature.ts`),
  ].filter((entry) => existsSync(join(root, entry)));
}

function modulesOf(folder, fileOf) {
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : [];
  return names
    .map(fileOf)
    .filter(Boolean)
    .map((file) => `${folder}/${file}`);
}

async function buildWeb() {
  const configFile = join(root, 'web/vite.config.ts');
  if (!existsSync(configFile)) return;
  const { build } = await import('vite');
  await build({
    root: join(root, 'web'),
    configFile,
    logLevel: 'warn',
    build: { outDir: join(out, 'web'), emptyOutDir: true },
  });
  await compress(join(out, 'web'));
  say('built the web app');
}

/** Puts a `.br` and a `.gz` beside each text that is worth it, for the server to send as they are. */
async function compress(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => /\.(js|css|html|svg|json)$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      const text = readFileSync(file);
      if (text.length < 1_000) return;
      await Promise.all([
        writeFile(`${file}.br`, await promisify(brotliCompress)(text)),
        writeFile(`${file}.gz`, await promisify(gzip)(text, { level: 9 })),
      ]);
    }),
  );
}
