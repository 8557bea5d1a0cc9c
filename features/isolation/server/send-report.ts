import type { FastifyReply } from 'fastify';
import type { Format } from '../../../audit/report/format.ts';
import { render } from '../../../audit/report/formats.ts';
import type { Report } from '../../../audit/report/report.ts';
import { seal } from '../../../audit/report/seal.ts';

/** The media type and the ending of each format. */
export const FILES: Record<Exclude<Format, 'terminal'>, [type: string, ending: string]> = {
  html: ['text/html; charset=utf-8', 'html'],
  json: ['application/json; charset=utf-8', 'json'],
  markdown: ['text/markdown; charset=utf-8', 'md'],
  sarif: ['application/sarif+json; charset=utf-8', 'sarif'],
  junit: ['application/xml; charset=utf-8', 'xml'],
};

/** A report as a file, signed now with the installation's key. */
export function sendReport(reply: FastifyReply, report: Report, format: Exclude<Format, 'terminal'> = 'html') {
  const [type, ending] = FILES[format];
  const name = `isolation-${report.finishedAt.slice(0, 10)}.${ending}`;
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(render(seal(report), format));
}
