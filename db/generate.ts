import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../server/platform/project-root.ts';

const TYPES = {
  timestamptz: 'string',
  int8: 'number',
  date: 'string',
  numeric: 'string',
  citext: 'string',
  inet: 'string',
};

/** The TypeScript types of the live database's rows. A column that a check limits to some words gets them as its type. */
export async function generateTypes(url: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-types-'));
  const file = join(folder, 'types.ts');
  const command = join(projectRoot, 'node_modules/.bin/kysely-codegen');
  execFileSync(
    command,
    [
      '--url',
      url,
      '--dialect',
      'postgres',
      '--default-schema',
      'public',
      '--include-pattern',
      'public.*',
      '--out-file',
      file,
      '--type-mapping',
      JSON.stringify(TYPES),
    ],
    { stdio: 'pipe' },
  );
  const source = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  return narrow(source, await wordLists(url));
}

type WordList = { table: string; column: string; words: string[] };

async function wordLists(url: string): Promise<WordList[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ table: string; column: string; check: string }>(`
      select c.relname as table, a.attname as column, pg_get_constraintdef(k.oid) as check
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_attribute a on a.attrelid = c.oid and k.conkey = array[a.attnum]
      where k.contype = 'c' and c.relnamespace = 'public'::regnamespace
        and pg_get_constraintdef(k.oid) ~ '= ANY \\(ARRAY\\['`);
    return rows.map(({ table, column, check }) => ({
      table,
      column,
      words: [...check.matchAll(/'([^']*)'::text/g)].map((m) => m[1] as string),
    }));
  } finally {
    await client.end();
  }
}

function narrow(source: string, lists: WordList[]): string {
  let narrowed = source;
  for (const { table, column, words } of lists) {
    const name = table.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
    const union = words.map((word) => JSON.stringify(word)).join(' | ');
    narrowed = narrowed.replace(
      new RegExp(`(export interface ${name} \\{[^}]*?\\n  ${column}: [^;]*?)\\bstring\\b`),
      `$1${union}`,
    );
  }
  return narrowed.replace(/^( {2}custom_fields: )Generated<Json>;/gm, '$1Generated<Record<string, unknown>>;');
}
