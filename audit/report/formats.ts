import { htmlReport } from './html.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import type { Report } from './report.ts';
import { sarifReport } from './sarif.ts';
import { tameJson } from './tame.ts';
import { terminalReport } from './terminal.ts';

export const FORMATS = ['terminal', 'json', 'markdown', 'html', 'sarif', 'junit'] as const;
export type Format = (typeof FORMATS)[number];

/** The text of a report in a format. @param coloured terminal only */
export function render(report: Report, format: Format, coloured = false): string {
  switch (format) {
    case 'terminal':
      return terminalReport(report, coloured);
    case 'json':
      return `${tameJson(report, 2)}\n`;
    case 'markdown':
      return markdownReport(report);
    case 'html':
      return htmlReport(report);
    case 'sarif':
      return sarifReport(report);
    case 'junit':
      return junitReport(report);
  }
}

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
