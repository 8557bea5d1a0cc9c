import type { ProbeResult } from '../result.ts';
import { probeHtml } from './html.ts';
import { probeJunit } from './junit.ts';
import { probeSarif } from './sarif.ts';
import { asMarkdown, asText } from './text.ts';

export const PROBE_FORMATS = ['terminal', 'json', 'markdown', 'html', 'sarif', 'junit'] as const;
export type ProbeFormat = (typeof PROBE_FORMATS)[number];

const WRITERS: Record<ProbeFormat, (result: ProbeResult) => string> = {
  terminal: asText,
  json: (result) => JSON.stringify(result, null, 2),
  markdown: asMarkdown,
  html: probeHtml,
  sarif: probeSarif,
  junit: probeJunit,
};

/** The text of what a probe found, in a format. */
export const renderProbe = (result: ProbeResult, format: ProbeFormat): string => WRITERS[format](result);

const ENDINGS: [RegExp, ProbeFormat][] = [
  [/\.sarif(\.json)?$/i, 'sarif'],
  [/\.json$/i, 'json'],
  [/\.md$/i, 'markdown'],
  [/\.html?$/i, 'html'],
  [/\.xml$/i, 'junit'],
];

/** The format that a file's name asks for; else what a terminal shows. */
export const probeFormatOf = (file: string): ProbeFormat =>
  ENDINGS.find(([ending]) => ending.test(file))?.[1] ?? 'terminal';
