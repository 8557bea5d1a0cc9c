import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const sources = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path))
    .map((path) => join(root, folder, path));

const noun = (file: string) => /features\/([^/]+)\/web\//.exec(file)?.[1];
const fileOf = (name: string, language: string) =>
  join(root, name === 'app' ? 'web' : `features/${name}/web`, `locales/${language}.json`);
const texts = (name: string, language = 'en') => {
  const file = fileOf(name, language);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
};
const lookUp = (name: string, key: string): unknown =>
  key.split('.').reduce((node: unknown, step) => (node as Record<string, unknown> | undefined)?.[step], texts(name));

const files = [...sources('web'), ...sources('features').filter((file) => noun(file) !== undefined)];

test('every text that a page asks for is written', () => {
  for (const file of files) {
    const source = readFileSync(file, 'utf8');
    const own = /useTranslation\(\[?'([\w-]+)'/.exec(source)?.[1] ?? 'app';
    const calls = source.matchAll(/\bt\('([\w.:]+)'(, \{ ns: 'app' \})?/g);
    for (const [, key = '', fromApp] of [...calls, ...source.matchAll(/label: '(\w+:\w+)'/g)]) {
      const [first = '', second] = key.split(':');
      const [where, what] = second ? [first, second] : [fromApp ? 'app' : own, key];
      // What depends on a count is written once for each plural form.
      const text = lookUp(where, what) ?? lookUp(where, `${what}_other`);
      expect(text, `${key}, asked for by ${basename(file)}`).toBeTypeOf('string');
    }
  }
});

const spaces = ['app', ...readdirSync(join(root, 'features')).filter((name) => existsSync(fileOf(name, 'en')))];
/** Every text by its whole key: `contacts:fields.email`. */
const flat = (language: string) =>
  new Map(spaces.flatMap((space) => leaves(texts(space, language)).map(([key, text]) => [`${space}:${key}`, text])));
const leaves = (node: object, above = ''): [string, string][] =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[above + key, value] as [string, string]] : leaves(value, `${above}${key}.`),
  );
const gaps = (text: string) => [...new Set(text.match(/\{\{\w+\}\}|<\/?\w+>/g))].sort().join(' ');

test('every text is there in German, with the same gaps to fill, and no other', () => {
  const [english, german] = [flat('en'), flat('de')];
  const missing = [...english].filter(([key]) => !german.has(key)).map(([key, text]) => `${key}: ${text}`);
  expect(missing, `missing in German:\n${missing.join('\n')}`).toEqual([]);
  expect([...german.keys()].filter((key) => !english.has(key))).toEqual([]);
  // A plural form may leave the number out: "one", "nobody".
  const differ = [...english].filter(
    ([key, text]) => !/_(zero|one)$/.test(key) && gaps(text) !== gaps(german.get(key) ?? ''),
  );
  expect(differ.map(([key]) => key)).toEqual([]);
});

test('every sentence that the server answers with is there in German', () => {
  const german = JSON.parse(readFileSync(join(root, 'contracts/server-de.json'), 'utf8')) as Record<string, string>;
  const serving = [
    ...sources('server'),
    ...sources('features').filter((file) => /features\/[^/]+\/server\//.test(file)),
  ];
  const text = `('(?:[^'\\\\]|\\\\.)*'|\`[^\`]*\`)`;
  const said = [
    new RegExp(`new ProblemError\\(\\s*'[\\w-]+',\\s*${text}`, 'g'),
    new RegExp(`\\binvalid\\(\\s*[^,]+,\\s*'[\\w-]+',\\s*${text}`, 'g'),
    new RegExp(`code: '[\\w-]+', message: ${text}`, 'g'),
  ];
  const migrations = readdirSync(join(root, 'db/migrations')).map((file) =>
    readFileSync(join(root, 'db/migrations', file), 'utf8'),
  );
  const raised = migrations.flatMap((sql) => [
    ...sql.matchAll(/raise exception '([^']*)' using errcode = 'BH4(?:03|09|10)'/g),
    ...sql.matchAll(/(?:then|else) format\('([^']*)'/g),
  ]);
  const sentences = serving
    .filter((file) => !file.endsWith('problem-texts.ts') && !file.includes('/testing/'))
    .flatMap((file) => said.flatMap((pattern) => [...readFileSync(file, 'utf8').matchAll(pattern)]))
    .concat(raised, aboutImports())
    // What is filled in has a name of its own in German.
    .map(([, sentence = '']) => sentence.replace(/^['`]|['`]$/g, '').replace(/\$\{[^}]*\}+|%s/g, '{{}}'));
  const known = new Set<string>(Object.keys(german).map((sentence) => sentence.replace(/\{\{\w+\}\}/g, '{{}}')));
  expect(sentences.length).toBeGreaterThan(100);
  expect([...new Set(sentences)].filter((sentence) => !known.has(sentence))).toEqual([]);
  for (const [sentence, translated] of Object.entries(german)) {
    const held: string[] = sentence.match(/\{\{\w+\}\}/g) ?? [];
    expect(translated.match(/\{\{\w+\}\}/g)?.every((gap) => held.includes(gap)) ?? true, sentence).toBe(true);
  }
});

/** Of files, their columns and rows much is said, and in many ways: every text that ends as a sentence is one. What notifications say has keys. */
function aboutImports(): RegExpExecArray[] {
  const own = sources('features/imports/server').filter((file) => !/\/(testing|fixtures)\/|tell\.ts$/.test(file));
  return own.flatMap((file) => {
    const code = readFileSync(file, 'utf8').replace(/\/\*\*.*?\*\/|(?<=^|\s)\/\/.*?$/gms, '');
    return [...code.matchAll(/('[A-Z“][^'\n]* [^'\n]*\.'|`(?:[A-Z“]|\$\{)[^`]* [^`]*\.(?: \$\{[\w.]+\})?`)/g)];
  });
}
