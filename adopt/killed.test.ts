import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { apply } from './apply.ts';
import { makePlan } from './make-plan.ts';
import { writePlan } from './plan-file.ts';
import { emptyDatabase, type TestDatabase } from './testing/database.ts';
import { dump } from './testing/dump.ts';
import { verify } from './verify.ts';

const shop = readFileSync(join(import.meta.dirname, 'testing/shop.sql'), 'utf8');
const program = join(import.meta.dirname, 'testing/apply-and-die.ts');
const answers = { global: ['countries'] };
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-adopt-'));

/** What names the database; two adoptions of two databases are told apart by nothing else. */
const plain = async ({ client, appRole }: TestDatabase) =>
  (await dump(client)).replaceAll(appRole, 'the_app').replace(/^.*bulkhead_adopt.*\n/gm, '');

test('killed with kill -9 after every few events, it resumes, and ends as if nothing had happened', async () => {
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [killed, whole] = [await emptyDatabase(shop), await emptyDatabase(shop)];
  await apply(whole.url, await makePlan(whole.url, answers), { through: 'force', batchRows: 100 });
  const file = join(folder, 'plan.yaml');
  writeFileSync(file, writePlan(await makePlan(killed.url, answers)));
  let deaths = 0;
  for (;;) {
    // 17 and 23 have nothing in common with the number of events of a step: each kind of moment is met.
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', program, killed.url, file, String(deaths % 2 === 0 ? 17 : 23)],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const [code, signal] = await once(child, 'exit');
    if (signal !== 'SIGKILL') {
      expect(code).toBe(0);
      break;
    }
    deaths += 1;
  }
  expect(deaths).toBeGreaterThan(10);
  expect((await verify(killed.url)).checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(await plain(killed)).toBe(await plain(whole));
});

test('with the connection lost at every single event, before and after each step and between batches, it loses and doubles nothing', async () => {
  const [cut, whole] = [await emptyDatabase(shop), await emptyDatabase(shop)];
  await apply(whole.url, await makePlan(whole.url, answers), { through: 'force' });
  const plan = await makePlan(cut.url, answers);
  let cuts = 0;
  for (let seen = ''; ; cuts += 1) {
    const state = await apply(cut.url, plan, {
      through: 'force',
      batchRows: 100,
      onProgress: ({ step, state: at, rows }) => {
        const event = `${step} ${at} ${rows}`;
        if (at === 'waiting' || (at === 'begun' && seen === event)) return;
        seen = event;
        throw new Error('cut');
      },
    }).catch((error: Error) => {
      if (error.message !== 'cut') throw error;
      return undefined;
    });
    if (state) break;
  }
  expect(cuts).toBeGreaterThan(plan.steps.length);
  expect((await verify(cut.url)).checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(await plain(cut)).toBe(await plain(whole));
});
