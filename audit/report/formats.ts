import type { Format } from './format.ts';
import { htmlReport } from './html.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import type { Report } from './report.ts';
import { sarifReport } from './sarif.ts';
import { tameJson } from './tame.ts';
import { terminalReport } from './terminal.ts';

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
