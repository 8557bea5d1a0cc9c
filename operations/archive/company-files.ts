import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from './manifest.ts';

/** PostgreSQL's own files lie there, and are nobody's folder. */
export const ASIDE = new Set(['postgres']);

/** Where the files of a company lie: each kind has a folder, and in it each company its own. */
export async function foldersOf(dataFolder: string, companyId: string): Promise<{ kind: string; path: string }[]> {
  const kinds = await readdir(dataFolder, { withFileTypes: true }).catch(() => []);
  const folders = kinds
    .filter((kind) => kind.isDirectory() && !ASIDE.has(kind.name))
    .map(({ name }) => ({ kind: name, path: join(dataFolder, name, companyId) }));
  const there = await Promise.all(
    folders.map(({ path }) =>
      stat(path)
        .then((s) => s.isDirectory())
        .catch(() => false),
    ),
  );
  return folders.filter((_, i) => there[i]);
}

/** All files of a company: their names in an archive, `<kind>/<path>`, and where they lie. */
export async function filesOf(dataFolder: string, companyId: string): Promise<{ name: string; path: string }[]> {
  const files: { name: string; path: string }[] = [];
  for (const { kind, path: folder } of await foldersOf(dataFolder, companyId)) {
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.push({ name: [kind, ...path.slice(folder.length + 1).split(sep)].join('/'), path });
    }
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export async function dropFilesOf(dataFolder: string, companyId: string): Promise<void> {
  for (const { path } of await foldersOf(dataFolder, companyId)) await rm(path, { recursive: true, force: true });
}

export async function digestOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(path), async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  return { bytes, sha256: hash.digest('hex') };
}

export async function digestsOf(dataFolder: string, companyId: string): Promise<Manifest['files']> {
  const digests: Manifest['files'] = {};
  for (const { name, path } of await filesOf(dataFolder, companyId)) digests[name] = await digestOf(path);
  return digests;
}
