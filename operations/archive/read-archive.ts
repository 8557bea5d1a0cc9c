import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Entry, openPromise } from 'yauzl';
import { isUuid } from '../find-company.ts';
import { ASIDE } from './company-files.ts';
import { FORMAT, MANIFEST, type Manifest } from './manifest.ts';

const LARGEST_MANIFEST = 50_000_000;

export interface Archive {
  manifest: Manifest;
  names: ReadonlySet<string>;
  open(name: string): Promise<Readable>;
  close(): void;
}

/** @throws where the file is no archive of a company, or one of a later version */
export async function readArchive(path: string): Promise<Archive> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((cause: Error) => {
    throw new Error(`${path} cannot be read as an archive: ${cause.message}`, { cause });
  });
  try {
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    const open = (name: string): Promise<Readable> => {
      const entry = entries.get(name);
      if (entry === undefined) throw new Error(`${path} is not whole: ${name} is missing.`);
      return zip.openReadStreamPromise(entry);
    };
    if ((entries.get(MANIFEST)?.uncompressedSize ?? LARGEST_MANIFEST) >= LARGEST_MANIFEST) {
      throw new Error(`${path} is no archive of a company: it has no ${MANIFEST}.`);
    }
    const manifest = JSON.parse(await text(await open(MANIFEST))) as Manifest;
    if (manifest.format !== FORMAT) {
      throw new Error(
        `${path} has the format ${manifest.format}; this Bulkhead reads ${FORMAT}. Use the one that made it.`,
      );
    }
    refuseStrangePlaces(path, manifest);
    return { manifest, names: new Set(entries.keys()), open, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** Files are put at, and removed from, a path that is made of these: nothing of them may lead elsewhere. */
function refuseStrangePlaces(path: string, { company, files }: Manifest): void {
  if (!isUuid(company.id)) throw new Error(`${path} is no archive of a company: ${company.id} is no company's id.`);
  for (const name of Object.keys(files)) {
    const [kind = '', ...rest] = name.split('/');
    const sound = /^[a-z][a-z-]*$/.test(kind) && !ASIDE.has(kind) && rest.length > 0;
    if (!sound || rest.some((part) => /^\.*$|[\\\0]/.test(part))) {
      throw new Error(`The archive names a file that it may not: ${name}`);
    }
  }
}
