import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../server/platform/project-root.ts';
import { childrenOf, memoryOf } from './processes.ts';

let nextPort = 8765;

export interface BenchServer {
  url: string;
  pid: number;
  /** Milliseconds from the command to the first answer of /readyz. */
  startedIn: number;
  /** Megabytes of the server's processes and the worker's. */
  memory(): { server: number; worker: number };
  stop(): Promise<void>;
}

/** Starts the built server as an operator would, with limits that no benchmark reaches. */
export async function startServer(databaseUrl: string, settings: Record<string, string> = {}): Promise<BenchServer> {
  const port = nextPort++;
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, [join(projectRoot, 'dist/server/main.js')], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      NODE_ENV: 'production',
      BULKHEAD_DEMO: '0',
      BULKHEAD_RATE_ADDRESS: '100000000',
      BULKHEAD_RATE_USER: '100000000',
      BULKHEAD_RATE_COMPANY: '100000000',
      ...settings,
    },
    stdio: ['ignore', process.env.BENCH_LOG ? 'inherit' : 'ignore', 'inherit'],
    // A session of its own, as a service has: Linux shares out the cores by session, and the load is not the server's.
    detached: true,
  });
  process.once('exit', () => child.kill());
  await ready(url, child);
  const startedIn = performance.now() - began;
  const pid = child.pid as number;
  return {
    url,
    pid,
    startedIn,
    memory: () => {
      const workers = childrenOf(pid, 'worker');
      const servers = [pid, ...childrenOf(pid).filter((one) => !workers.includes(one))];
      const sum = (pids: number[]) => pids.reduce((megabytes, one) => megabytes + memoryOf(one), 0);
      return { server: sum(servers), worker: sum(workers) };
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 3000; i += 1) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the server did not come up');
}
