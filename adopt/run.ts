import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Phase, Step } from './plan.ts';

export interface Progress {
  step: string;
  phase: Phase;
  /** Of all steps, from 1. */
  position: number;
  of: number;
  /** `batch` after each batch, with the rows so far; `waiting` when a lock was not to be had and it tries again. */
  state: 'begun' | 'batch' | 'waiting' | 'done';
  rows?: number;
}
export type OnProgress = (progress: Progress) => void;

export interface Runner {
  client: Client;
  /** Told with the step's place filled in. */
  tell: (state: Progress['state'], rows?: number) => void;
  /** Whether the application's triggers can be kept from firing for what only adds the tenant. */
  quiet: boolean;
}

/** By how it begins, for names may hold the words. */
export const isConcurrent = (sql: string) => /^(create( unique)?|drop) index concurrently\b/i.test(sql);

/** Whether the role may keep triggers from firing: a superuser, or who was given the right to. */
export async function canBeQuiet(client: Client): Promise<boolean> {
  await client.query('begin');
  try {
    await client.query('set local session_replication_role = replica');
    return true;
  } catch {
    return false;
  } finally {
    await client.query('rollback');
  }
}

/** Runs statements and `note` in one transaction, those with CONCURRENTLY before it and each so that it can be run again. */
export async function runStatements(
  runner: Runner,
  statements: readonly string[],
  note: () => Promise<unknown>,
  { check, quiet }: { check?: string | undefined; quiet?: readonly string[] | undefined } = {},
): Promise<void> {
  const { client } = runner;
  for (const sql of statements.filter(isConcurrent)) {
    await dropBroken(client, sql);
    // It waits for transactions to end without keeping any from its work.
    await client.query('set lock_timeout = 0');
    await client.query(sql).finally(() => client.query(`set lock_timeout = '500ms'`));
  }
  await transaction(runner, async () => {
    const wake = quiet === undefined ? undefined : await hush(runner, quiet);
    for (const sql of statements) if (!isConcurrent(sql)) await client.query(sql);
    await wake?.();
    if (check !== undefined && (await client.query(check)).rows.length > 0) {
      throw Object.assign(new Error(`Rows were found that must not be there: ${check}`), { code: '23503' });
    }
    await note();
  });
}

/**
 * Keeps the application's triggers from firing until the end of the transaction, or until what it gives is called.
 * @param tables of which, where the role can only switch off those of its own tables
 */
export async function hush({ client, quiet }: Runner, tables: readonly string[]): Promise<() => Promise<void>> {
  if (quiet) await client.query('set local session_replication_role = replica');
  const again: string[] = [];
  for (const table of quiet ? [] : tables) {
    const { rows } = await client.query<{ again: string[] }>('select bulkhead_adopt.hush($1) as again', [table]);
    again.push(...rows[0]!.again);
  }
  return async () => {
    if (again.length > 0) await client.query('select bulkhead_adopt.wake($1)', [again]);
  };
}

/** A transaction that is tried again while its locks are not to be had, so that nobody queues behind it for long. */
export async function transaction<T>({ client, tell }: Runner, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query('begin');
      const result = await work();
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      const { code } = error as { code?: string };
      if (!['55P03', '40P01', '40001'].includes(code ?? '') || attempt >= 200) throw error;
      tell('waiting');
      await sleep(Math.min(50 * attempt, 2_000) * (0.5 + Math.random()));
    }
  }
}

/** An index whose building was interrupted stays behind, and IF NOT EXISTS would take it for a whole one. */
async function dropBroken(client: Client, sql: string): Promise<void> {
  const [, name, table] =
    /^create(?: unique)? index concurrently if not exists ("(?:[^"]|"")+"|\w+) on ((?:"(?:[^"]|"")+"|[^\s."]+)\.(?:"(?:[^"]|"")+"|[^\s."]+))/i.exec(
      sql,
    ) ?? [];
  if (name === undefined || table === undefined) return;
  const { rows } = await client.query(
    `select format('%I.%I', n.nspname, c.relname) as broken from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where i.indrelid = $1::regclass and not i.indisvalid and format('%I', c.relname) = any ($2)`,
    [table, [name, `"${name.replaceAll('"', '')}"`]],
  );
  for (const { broken } of rows) await client.query(`drop index concurrently ${broken}`);
}

/** A step together with its place among all. */
export interface Placed {
  step: Step;
  position: number;
}
