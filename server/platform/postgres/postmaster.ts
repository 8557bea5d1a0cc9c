import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fchownSync,
  lchownSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment } from './cluster.ts';
import { clusterOf, type Home } from './home.ts';
import { birthOf, serves } from './process.ts';
import { socketFolder, socketIn } from './socket.ts';

/** A running server, as it describes itself in postmaster.pid. */
export interface Server {
  pid: number;
  port: number;
  socketFolder: string | undefined;
}

interface PidFile extends Server {
  status: string;
}

const largestLog = 20 * 2 ** 20;
const recoveryPatience = 10 * 60_000;

/** The server that runs on these data already, once it is ready; undefined when there is none. */
export async function running(home: Home, say: (line: string) => void): Promise<Server | undefined> {
  const cluster = clusterOf(home.folder);
  const found = readPidFile(cluster);
  if (!found || !serves(found.pid, cluster)) return undefined;
  return ready(cluster, found.pid, say);
}

/** Starts the server and waits until it takes connections. It outlives this process, and is adopted by the next. */
export async function launch(
  home: Home,
  runtime: string,
  { port, say }: { port: number; say: (line: string) => void },
): Promise<Server> {
  const cluster = clusterOf(home.folder);
  const sockets = socketFolder(home);
  disown(join(cluster, 'postmaster.pid'), cluster, cluster);
  if (sockets !== undefined) disown(`${socketIn(sockets, port)}.lock`, sockets, cluster);
  const log = join(home.folder, 'postgres.log');
  const before = rotate(log);
  const output = openLog(home.folder, log);
  const listen = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${sockets ?? ''}`];
  const child = spawn(join(runtime, 'bin', 'postgres'), ['-D', cluster, '-p', String(port), ...listen], {
    ...home.account,
    cwd: '/',
    env: cleanEnvironment,
    stdio: ['ignore', output, output],
    // A session of its own: Ctrl-C in the terminal is for the application, which stops the database last.
    detached: true,
  });
  closeSync(output);
  child.unref();
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve).once('error', reject);
  });
  const server = await ready(cluster, child.pid as number, say);
  if (server) return server;
  throw new Error(`PostgreSQL did not start. ${complaint(log, before)} Its log is ${log}`);
}

/** Ends the server: at once and cleanly; open transactions are rolled back. */
export async function end({ pid }: Server): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    process.kill(pid, signal);
    const giveUpAt = Date.now() + patience;
    while (birthOf(pid) !== undefined) {
      if (Date.now() > giveUpAt) break;
      await sleep(10);
    }
    if (birthOf(pid) === undefined) return;
  }
  throw new Error(`The database server, process ${pid}, does not stop.`);
}

/** The server once it is ready, which after a crash takes as long as recovery; undefined when it ends instead. */
async function ready(cluster: string, pid: number, say: (line: string) => void): Promise<Server | undefined> {
  const start = Date.now();
  let told = false;
  while (birthOf(pid) !== undefined) {
    const file = readPidFile(cluster);
    if (file?.pid === pid && file.status === 'ready') return file;
    const waited = Date.now() - start;
    if (waited > 3000 && !told) {
      told = true;
      say('The database is recovering from a sudden end; this can take a while');
    }
    if (waited > recoveryPatience) {
      throw new Error(`The database server, process ${pid}, is ${file?.status ?? 'silent'} for ten minutes.`);
    }
    await sleep(10);
  }
  return undefined;
}

// The lines of postmaster.pid: src/include/utils/pidfile.h in PostgreSQL.
function readPidFile(cluster: string): PidFile | undefined {
  try {
    const [pid, , , port, socket, , , status] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(pid), port: Number(port), socketFolder: socket || undefined, status: status?.trim() ?? '' };
  } catch {
    return undefined;
  }
}

/**
 * The number in a lock file may belong to an unrelated process by now, or to a dead server that nobody has buried (in a
 * container whose first process is no init, nobody ever will), and PostgreSQL then refuses to start. It ignores the
 * number of its own parent, though, and still makes its other checks; deleting the file would skip them.
 */
function disown(file: string, folder: string, cluster: string): void {
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8');
  if (serves(Number.parseInt(text, 10), cluster)) return;
  const disowned = text.replace(/^-?\d+/, String(process.pid));
  const { uid, gid } = statSync(folder);
  // A new file rather than a changed one: the folder is the server's, which might have put a link here.
  rmSync(file);
  writeFileSync(file, disowned, { flag: 'wx', mode: 0o600 });
  lchownSync(file, uid, gid);
}

function openLog(folder: string, log: string): number {
  const output = openSync(log, 'a', 0o600);
  const { uid, gid } = statSync(folder);
  if (uid !== process.getuid?.()) fchownSync(output, uid, gid);
  return output;
}

/** The size of the log now, so that what the server adds can be told apart. */
function rotate(log: string): number {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size < largestLog) return size;
  renameSync(log, `${log}.1`);
  return 0;
}

function complaint(log: string, from: number): string {
  const lines = readFileSync(log).subarray(from).toString('utf8').trim().split('\n');
  const telling = lines.filter((line) => /FATAL|PANIC|HINT|DETAIL/.test(line));
  return (telling.length > 0 ? telling : lines.slice(-5)).join(' ');
}
