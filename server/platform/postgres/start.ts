import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCluster } from './cluster.ts';
import { hold, isHeld } from './holders.ts';
import { clusterOf, findHome, type Home } from './home.ts';
import { withLock } from './lock.ts';
import { choosePort } from './port.ts';
import { end, launch, running, type Server } from './postmaster.ts';
import { serves } from './process.ts';
import { runnableRuntime } from './runtime.ts';
import { isUsable, removeShort } from './socket.ts';

export interface StartOptions {
  /** Where the server keeps everything; made when missing. */
  dataDir: string;
  /** Left out: the port of last time, or any free one. A server that runs already keeps its own. */
  port?: number;
  /** False only for tests: a crash of the machine may lose everything. */
  durable?: boolean;
  /** Told, in one line each, what a person should know. */
  say?: (line: string) => void;
}

export interface Postgres {
  /** For the superuser `postgres`, with its password; by unix socket where there is one, which is faster. */
  adminUrl: string;
  port: number;
  /** The server's process. Changes when the server had to be started again. */
  readonly pid: number;
  /** Where the data are; not `dataDir` when the server's user could not reach that. */
  dataDir: string;
  /** Ends the server, unless another process still uses it. */
  stop(): Promise<void>;
}

const watchEvery = 250;
const farewell = 15_000;

/**
 * Starts the PostgreSQL that comes with Bulkhead, or joins it if it runs on these data already. It is started again,
 * on the same port, should it die before `stop`.
 */
export async function startPostgres({ dataDir, port, durable = true, say = tell }: StartOptions): Promise<Postgres> {
  const home = findHome(resolve(dataDir), say);
  const { folder } = home;
  const start = async (at: number | undefined) => {
    const runtime = runnableRuntime(home);
    const password = await ensureCluster(home, runtime, durable);
    const server = (await running(home, say)) ?? (await launchOn(home, runtime, at, say));
    return { server, password };
  };
  let { server, password, leave } = await withLock(folder, async () => ({
    ...(await start(port)),
    leave: hold(folder),
  }));
  const unwatch = watch(
    home,
    () => server,
    say,
    async () => {
      ({ server, password } = await withLock(folder, () => start(server.port)));
    },
  );
  return {
    adminUrl: urlOf(server, password),
    port: server.port,
    dataDir: folder,
    get pid() {
      return server.pid;
    },
    async stop() {
      await unwatch();
      await withLock(folder, async () => {
        leave();
        const last = isHeld(folder) ? undefined : await running(home, say);
        if (!last) return;
        await end(last);
        removeShort(last.socketFolder);
      });
    },
  };
}

/** Ends a server that nobody uses any more, as a killed test run leaves it. True when nobody uses these data now. */
export async function stopAbandoned(dataDir: string): Promise<boolean> {
  const home = findHome(resolve(dataDir), tell);
  return withLock(home.folder, async () => {
    if (isHeld(home.folder)) return false;
    const server = await running(home, tell);
    if (server) await end(server);
    return true;
  });
}

async function launchOn(home: Home, runtime: string, wanted: number | undefined, say: Say) {
  const giveUpAt = Date.now() + farewell;
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(home.folder, wanted);
    try {
      return await launch(home, runtime, { port, say });
    } catch (error) {
      // Between our look and the server's, another program may have taken the port.
      const taken = wanted === undefined && attempt < 3 && /could not (bind|create any TCP)/.test(String(error));
      // The processes of a server that was killed notice it one by one; until the last has gone, no other may start.
      const leaving = /shared memory block .* is still in use|lock file .* already exists/.test(String(error));
      if (leaving && Date.now() < giveUpAt) await sleep(watchEvery);
      else if (!taken) throw error;
    }
  }
}

/** Calls `revive` whenever the server has died; the answer ends that, once a revival under way is over. */
function watch(home: Home, server: () => Server, say: Say, revive: () => Promise<void>): () => Promise<void> {
  const cluster = clusterOf(home.folder);
  let revival: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (revival || serves(server().pid, cluster)) return;
    say('The database server died; starting it again');
    revival = revive()
      .catch((error: Error) => say(error.message))
      .finally(() => {
        revival = undefined;
      });
  }, watchEvery);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await revival;
  };
}

/** The port stays in the address even with a socket, whose file is named after it; drivers take `host` from the query. */
function urlOf({ port, socketFolder }: Server, password: string): string {
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  return socketFolder && isUsable(socketFolder, port) ? `${url}?host=${encodeURIComponent(socketFolder)}` : url;
}

type Say = (line: string) => void;

const tell: Say = (line) => console.error(line);
