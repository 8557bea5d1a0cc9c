import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

// Jobs wait for the database most of the time: a small nursery saves some 20 MB and costs them nothing that shows.
const FRUGAL = ['--max-semi-space-size=4'];

/** Keeps a worker process running beside the server, started again when it dies. Returns how to stop it. */
export function keepWorker(folder: string, log: { warn(facts: object, text: string): void }): () => Promise<void> {
  const file = [join(folder, 'worker.js'), join(folder, 'worker.ts')].find(existsSync);
  let child: ChildProcess | undefined;
  let stopped = false;
  let delay = 200;

  function start(): void {
    if (file === undefined || stopped) return;
    const born = Date.now();
    child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [...process.execArgv, ...FRUGAL] });
    child.on('exit', (code, signal) => {
      child = undefined;
      if (stopped) return;
      delay = Date.now() - born > 30_000 ? 200 : Math.min(delay * 2, 10_000);
      log.warn({ code, signal, delay }, 'the worker ended and is started again');
      setTimeout(start, delay).unref();
    });
  }

  start();
  return async () => {
    stopped = true;
    const running = child;
    if (running === undefined) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGTERM');
    const force = setTimeout(() => running.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(force);
  };
}
