import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
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

const folderOf = (companyId: string): string => join(dataFolder(), 'imports', companyId);

/** Where a file lies. Its name is random and ours: nothing that a user typed becomes part of a path. */
export function pathOf(companyId: string, key: string): string {
  const folder = folderOf(companyId);
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

/** Keys of the company's files that were there before a time: one that is newer may still be on its way into an import. */
export async function keysBefore(companyId: string, time: number): Promise<string[]> {
  const folder = folderOf(companyId);
  const names = await readdir(folder).catch(missing(() => []));
  const ages = names.map(async (key) => ({ key, changed: await changedAt(join(folder, key)) }));
  return (await Promise.all(ages)).flatMap(({ key, changed }) => (changed < time ? key : []));
}

const changedAt = async (path: string): Promise<number> =>
  (await stat(path).catch(missing(() => undefined)))?.mtimeMs ?? Number.POSITIVE_INFINITY;

function missing<T>(instead: () => T) {
  return (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return instead();
    throw error;
  };
}

/** All files of a company that goes. */
export const dropFolder = (companyId: string): Promise<void> =>
  rm(folderOf(companyId), { recursive: true, force: true });

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
