import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withLock } from './lock.ts';
import { birthOf } from './process.ts';
import { temporaryFolder } from './testing/processes.ts';

test('no two hold the lock at once, also when they find the lock of a dead process', async () => {
  const folder = temporaryFolder();
  const { pid } = spawnSync('true');
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid, birth: '1', id: 'dead' }));
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(5);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => withLock(folder, work)));
  expect(most).toBe(1);
});

test('a lock whose process number was given to another process counts as dead', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, birth: 'earlier', id: 'dead' }));
  expect(await withLock(folder, async () => 'done')).toBe('done');
});

test('the lock of a living process is respected', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'lock');
  writeFileSync(file, JSON.stringify({ pid: process.pid, birth: birthOf(process.pid), id: 'alive' }));
  const waiting = withLock(folder, async () => 'got it').catch(() => 'gave up');
  expect(await Promise.race([waiting, sleep(300, 'waits')])).toBe('waits');
  writeFileSync(file, JSON.stringify({ pid: process.pid, birth: 'earlier', id: 'dead' }));
  expect(await waiting).toBe('got it');
});

test('work that fails gives the lock back', async () => {
  const folder = temporaryFolder();
  await expect(withLock(folder, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(readdirSync(folder)).toEqual([]);
});
