import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { birthOf } from '../../server/platform/postgres/process.ts';
import { startPostgres } from '../../server/platform/postgres/start.ts';
import { projectRoot } from '../../server/platform/project-root.ts';

/** Bulkhead as it is installed: its own processes and data folder, and its own PostgreSQL unless `databaseUrl` is given. */
export interface Installation {
  url: string;
  pids(part: Part): number[];
  /** Ends one process of that part with SIGKILL and waits until it is gone. */
  kill(part: Part, pick?: number): Promise<void>;
  start(): Promise<void>;
  /** Ends the server in order, then gives the administrator's address of the database, which stays until `remove`. */
  stop(): Promise<string>;
  remove(): Promise<void>;
}

/** launcher: what `npm start` runs, which keeps all others alive; server: one of the processes that serve. */
export type Part = 'launcher' | 'server' | 'worker' | 'database';

export async function install({
  databaseUrl,
  processes = 1,
}: {
  databaseUrl?: string;
  processes?: number;
} = {}): Promise<Installation> {
  const data = mkdtempSync(join(tmpdir(), 'bulkhead-faults-'));
  chmodSync(data, 0o711);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { DATABASE_URL: _, ...env } = process.env;
  let launcher: ChildProcess | undefined;
  let database: Awaited<ReturnType<typeof startPostgres>> | undefined;

  const it: Installation = {
    url,
    pids(part) {
      const top = launcher?.pid as number;
      if (part === 'launcher') return [top];
      if (part === 'database') return postmasterOf(data);
      return childrenOf(top).filter((pid) =>
        commandOf(pid).includes(part === 'worker' ? 'server/worker' : 'server/main'),
      );
    },
    async kill(part, pick = 0) {
      const pids = it.pids(part);
      const pid = pids[pick % pids.length];
      if (pid === undefined) throw new Error(`no ${part} runs`);
      process.kill(pid, 'SIGKILL');
      await vi.waitFor(() => expect(birthOf(pid)).toBeUndefined(), { timeout: 10_000, interval: 5 });
    },
    async start() {
      launcher = spawn(process.execPath, ['--import', 'tsx', join(projectRoot, 'server/main.ts')], {
        env: {
          ...env,
          ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
          BULKHEAD_DATA: data,
          BULKHEAD_PROCESSES: String(processes),
          BULKHEAD_DEMO: '0',
          BULKHEAD_RATE_ADDRESS: '0',
          BULKHEAD_RATE_USER: '0',
          BULKHEAD_RATE_COMPANY: '0',
          PORT: String(port),
          HOST: '127.0.0.1',
          LOG_LEVEL: process.env.FAULTS_LOG ?? 'silent',
        },
        stdio: ['ignore', 'ignore', process.env.FAULTS_LOG === undefined ? 'ignore' : 'inherit'],
      });
      await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), {
        timeout: 60_000,
        interval: 100,
      });
    },
    async stop() {
      if (databaseUrl === undefined) {
        database ??= await startPostgres({ dataDir: join(data, 'postgres'), say: () => {} });
      }
      if (launcher !== undefined && launcher.exitCode === null && launcher.signalCode === null) {
        const ended = once(launcher, 'exit');
        launcher.kill('SIGTERM');
        await ended;
      }
      if (databaseUrl !== undefined) return databaseUrl;
      const admin = new URL(database?.adminUrl as string);
      admin.pathname = '/bulkhead';
      return admin.href;
    },
    async remove() {
      await it.stop();
      await database?.stop();
      rmSync(data, { recursive: true, force: true, maxRetries: 10 });
    },
  };
  return it;
}

function postmasterOf(data: string): number[] {
  const [pid] = readFileSync(join(data, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n');
  return [Number(pid)];
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(/\s+/).map(Number);
}

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8');

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
