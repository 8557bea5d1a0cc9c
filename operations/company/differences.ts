import type { Manifest } from '../archive/manifest.ts';

/** In what two accounts of a company differ, in sentences; none where all counts and hashes are equal. */
export function differences(
  wanted: Pick<Manifest, 'tables' | 'files'>,
  found: Pick<Manifest, 'tables' | 'files'>,
  aside: ReadonlySet<string> = new Set(),
): string[] {
  const said: string[] = [];
  for (const table of namesOf(wanted.tables, found.tables)) {
    if (aside.has(table)) continue;
    const [want, have] = [wanted.tables[table], found.tables[table]];
    if ((want?.rows ?? 0) !== (have?.rows ?? 0)) {
      said.push(`${table}: ${want?.rows ?? 0} rows in the archive, ${have?.rows ?? 0} here`);
    } else if (want?.hash !== have?.hash) {
      said.push(`${table}: as many rows as in the archive (${want?.rows}), but not the same`);
    }
  }
  for (const file of namesOf(wanted.files, found.files)) {
    const [want, have] = [wanted.files[file], found.files[file]];
    if (want === undefined) said.push(`${file}: here, but not in the archive`);
    else if (have === undefined) said.push(`${file}: in the archive, but not here`);
    else if (want.sha256 !== have.sha256) said.push(`${file}: another content than in the archive`);
  }
  return said;
}

const namesOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
