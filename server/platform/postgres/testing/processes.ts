import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { type Postgres, startPostgres, stopAbandoned } from '../start.ts';

export interface Holder extends Pick<Postgres, 'adminUrl' | 'port' | 'pid' | 'dataDir'> {
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

const holderProgram = join(import.meta.dirname, 'holder.ts');

/** A folder of this test, and of a server in it that the test forgot or could not stop. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-launch-'));
  // Folders inside it too are for the server's user to reach.
  chmodSync(folder, 0o711);
  onTestFinished(async () => {
    await stopAbandoned(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}

export function start(dataDir: string, port?: number): Promise<Postgres> {
  return startPostgres({ dataDir, durable: false, say: () => {}, ...(port !== undefined && { port }) });
}

/** Another Node process that uses the server in `dataDir`; ready when the server is. */
export async function startHolder(
  dataDir: string,
  { uid, program = ['--import', 'tsx', holderProgram] }: { uid?: number; program?: string[] } = {},
): Promise<Holder> {
  const child = spawn(process.execPath, [...program, dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  });
  onTestFinished(() => void (child.exitCode ?? child.kill('SIGKILL')));
  const told = JSON.parse(await firstLine(child)) as Holder;
  return {
    ...told,
    async kill(signal) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

export async function ask(adminUrl: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<[string]>({ text: sql, rowMode: 'array' });
    return String(rows[0]?.[0]);
  } finally {
    await client.end();
  }
}

function firstLine({ stdout, stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    let complaint = '';
    stdout?.on('data', (text) => {
      output += text;
      if (output.includes('\n')) resolve(output);
    });
    stderr?.on('data', (text) => {
      complaint += text;
    });
    stdout?.once('close', () => reject(new Error(`The process ended without an answer: ${complaint}`)));
  });
}
