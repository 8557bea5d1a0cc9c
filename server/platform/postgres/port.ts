import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

/**
 * The port to listen on: the wanted one, else the one of last time, else any free one, which is remembered.
 */
export async function choosePort(folder: string, wanted: number | undefined): Promise<number> {
  const file = join(folder, 'port');
  const port = wanted ?? (await lastPort(file)) ?? (await listenOn(0));
  if (wanted !== undefined && (await listenOn(wanted)) === undefined) {
    throw new Error(
      `Port ${wanted} is in use by another program. Choose another port for the database, or end that program.`,
    );
  }
  if (port === undefined) throw new Error('The system has no free port on 127.0.0.1 for the database.');
  rmSync(file, { force: true });
  writeFileSync(file, `${port}\n`, { flag: 'wx' });
  return port;
}

async function lastPort(file: string): Promise<number | undefined> {
  try {
    return await listenOn(Number(readFileSync(file, 'utf8')) || 0);
  } catch {
    return undefined;
  }
}

/** The port, if this process can listen on it; 0 asks the system for any. */
function listenOn(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const { port: given } = server.address() as AddressInfo;
      server.close(() => resolve(given));
    });
  });
}
