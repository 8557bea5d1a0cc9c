import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { dataFolder, makeFolder } from '../../../server/platform/data-folder.ts';
import { ProblemError } from '../../../server/platform/problems.ts';

export interface StoredFile {
  key: string;
  path: string;
  bytes: number;
  hash: Buffer;
}

/** Bytes of the largest file that is taken. */
export const largestFile = (): number => Number(process.env.BULKHEAD_IMPORT_BYTES || 100_000_000);

/** Where a file lies. Its name is random and ours: nothing that a user typed becomes part of a path. */
export function pathOf(companyId: string, key: string): string {
  const folder = join(dataFolder(), 'imports', companyId);
  makeFolder(folder);
  return join(folder, key);
}

/** Writes a stream to the company's folder as it arrives. One that is too large, or breaks off, leaves no file. */
export async function storeFile(companyId: string, source: Readable): Promise<StoredFile> {
  const key = randomUUID();
  const path = pathOf(companyId, key);
  const hash = createHash('sha256');
  const most = largestFile();
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > most ? tooLarge(most) : null, chunk);
    },
  });
  try {
    await pipeline(source, measure, createWriteStream(path, { mode: 0o600, flush: true }));
  } catch (error) {
    await dropFile(path);
    throw error;
  }
  return { key, path, bytes, hash: hash.digest() };
}

export const dropFile = (path: string): Promise<void> => rm(path, { force: true });

const tooLarge = (most: number) =>
  new ProblemError(
    'payload-too-large',
    `The file is larger than ${Math.round(most / 1e6)} MB. Split it into several files and import them one by one.`,
  );

/** What is in the file now; undefined where it is gone. */
export async function hashOf(path: string): Promise<Buffer | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return hash.digest();
}
