import cluster from 'node:cluster';
import { relayLimits } from './shared-limits.ts';

/** Milliseconds that a process may take to end its requests. */
const PATIENCE = 10_000;

/** Keeps server processes that share the port, each started again when it dies. Resolves when all listen, to how to stop them. */
export async function keepProcesses(
  count: number,
  log: { warn(facts: object, text: string): void },
): Promise<() => Promise<void>> {
  let stopped = false;
  relayLimits();
  const listening = new Set<number>();
  await new Promise<void>((resolve) => {
    cluster.on('listening', ({ id }) => {
      listening.add(id);
      if (listening.size >= count) resolve();
    });
    cluster.on('exit', ({ process: { pid } }, code, signal) => {
      if (stopped) return;
      log.warn({ pid, code, signal }, 'a server process ended and is started again');
      setTimeout(() => {
        if (!stopped) cluster.fork();
      }, 500);
    });
    for (let i = 0; i < count; i += 1) cluster.fork();
  });
  return async () => {
    stopped = true;
    const left = Object.values(cluster.workers ?? {}).flatMap((worker) => (worker === undefined ? [] : [worker]));
    await Promise.all(
      left.map((worker) => {
        const force = setTimeout(() => worker.process.kill('SIGKILL'), PATIENCE);
        const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
        worker.process.kill('SIGTERM');
        return ended.finally(() => clearTimeout(force));
      }),
    );
  };
}
