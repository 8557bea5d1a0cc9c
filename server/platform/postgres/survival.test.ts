import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { birthOf } from './process.ts';
import { startPostgres } from './start.ts';
import { ask, start, startHolder, temporaryFolder } from './testing/processes.ts';

test('a server whose application was killed is adopted, and stopped by the adopter', async () => {
  const folder = temporaryFolder();
  const killed = await startHolder(folder);
  await killed.kill('SIGKILL');
  expect(birthOf(killed.pid)).toBeDefined();

  const adopter = await start(folder);
  expect(adopter.pid).toBe(killed.pid);
  expect(adopter.adminUrl).toBe(killed.adminUrl);
  expect(await ask(adopter.adminUrl, 'select 1')).toBe('1');
  await adopter.stop();
  expect(birthOf(killed.pid)).toBeUndefined();
});

test('two processes that start at once share one server, and the last to leave stops it', async () => {
  const folder = temporaryFolder();
  const [one, two] = await Promise.all([startHolder(folder), startHolder(folder)]);
  expect(two.pid).toBe(one.pid);
  await one.kill('SIGTERM');
  expect(await ask(two.adminUrl, 'select 1')).toBe('1');
  await two.kill('SIGTERM');
  expect(birthOf(two.pid)).toBeUndefined();
});

test('a server that was killed comes back on the same address, with its data', async () => {
  const server = await startPostgres({ dataDir: temporaryFolder(), say: () => {} });
  await ask(server.adminUrl, 'create table kept as select 42 as answer');
  const { pid } = server;
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(server.pid).not.toBe(pid), { timeout: 15_000, interval: 50 });
  expect(await ask(server.adminUrl, 'select answer from kept')).toBe('42');
  await server.stop();
});

test('a pid file whose number belongs to an unrelated process does not keep the server from starting', async () => {
  const folder = temporaryFolder();
  const pidFile = join(folder, 'cluster', 'postmaster.pid');
  const first = await start(folder);
  const left = readFileSync(pidFile, 'utf8');
  await first.stop();
  // PostgreSQL itself ignores a number of another user's process, so this one has to be the server user's own.
  const other = await start(temporaryFolder());
  writeFileSync(pidFile, left.replace(/^\d+/, String(other.pid)));

  const second = await start(folder);
  expect(second.pid).not.toBe(other.pid);
  expect(await ask(second.adminUrl, 'select 1')).toBe('1');
  await second.stop();
  expect(await ask(other.adminUrl, 'select 1')).toBe('1');
  await other.stop();
});

test('a start that was killed while it made the cluster is made good by the next', async () => {
  const folder = temporaryFolder();
  const killed = startHolder(folder).catch(() => undefined);
  const { pid, kill } = await lockHolder(folder);
  kill();
  await killed;
  await vi.waitFor(() => expect(birthOf(pid)).toBeUndefined());
  const server = await start(folder);
  expect(await ask(server.adminUrl, 'select 1')).toBe('1');
  await server.stop();
});

/** The process that is starting a server, as soon as there is one. */
async function lockHolder(folder: string) {
  for (;;) {
    try {
      const { pid } = JSON.parse(readFileSync(join(folder, 'lock'), 'utf8')) as { pid: number };
      await sleep(150);
      return { pid, kill: () => process.kill(pid, 'SIGKILL') };
    } catch {
      await sleep(5);
    }
  }
}
