/** The formats of a report, be it of an audit or of a probe. */
export const FORMATS = ['terminal', 'json', 'markdown', 'html', 'sarif', 'junit'] as const;
export type Format = (typeof FORMATS)[number];

const ENDINGS: [RegExp, Format][] = [
  [/\.sarif(\.json)?$/i, 'sarif'],
  [/\.json$/i, 'json'],
  [/\.md$/i, 'markdown'],
  [/\.html?$/i, 'html'],
  [/\.xml$/i, 'junit'],
  [/\.txt$/i, 'terminal'],
];

/** The format that a file's name asks for. @throws Error where it asks for none */
export function formatOf(file: string): Format {
  const format = ENDINGS.find(([ending]) => ending.test(file))?.[1];
  if (format) return format;
  throw new Error(`${file}: a report ends in .json, .md, .html, .sarif, .xml (JUnit) or .txt.`);
}
