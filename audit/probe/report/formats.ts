import type { Format } from '../../report/format.ts';
import { tamed, tameJson } from '../../report/tame.ts';
import type { ProbeResult } from '../result.ts';
import { probeHtml } from './html.ts';
import { probeJunit } from './junit.ts';
import { probeSarif } from './sarif.ts';
import { asMarkdown, asText } from './text.ts';

const WRITERS: Record<Format, (result: ProbeResult) => string> = {
  terminal: asText,
  json: (result) => tameJson(result, 2),
  markdown: asMarkdown,
  html: probeHtml,
  sarif: probeSarif,
  junit: probeJunit,
};

/** The text of what a probe found, in a format. Paths are the document's and reasons the server's: nothing in them is obeyed. */
export const renderProbe = (result: ProbeResult, format: Format): string =>
  WRITERS[format](format === 'json' ? result : tamed(result, ['reason']));
