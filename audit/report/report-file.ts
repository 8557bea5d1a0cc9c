import { readFileSync } from 'node:fs';
import { htmlReport } from './html.ts';
import type { Report } from './report.ts';

/**
 * The report in a file, which is what whoever opens the file sees: JSON in which nothing is told twice, or the page that is made of the
 * report within it. By its name, for that is how it is opened: a page may well begin like JSON.
 * @throws Error that says why it is none
 */
export function reportIn(file: string): Report {
  const text = textOf(file);
  const isPage = /\.html?$/i.test(file);
  if (!isPage && !/\.json$/i.test(file))
    throw new Error(`${file}: what can be checked is a report that ends in .json or .html.`);
  const json = isPage ? /<script type="application\/json" id="report">(.*?)<\/script>/s.exec(text)?.[1] : text;
  if (json === undefined) throw new Error(`${file} holds no report of Bulkhead's.`);
  const report = parsed(json, file);
  // The page around it is what people read.
  if (isPage && pageOf(report) !== text)
    throw new Error(
      `${file}: the page around it is not what this version makes of the report in it. Ask for the same report as JSON, and check that.`,
    );
  return report;
}

function pageOf(report: Report): string | undefined {
  try {
    return htmlReport(report);
  } catch {
    return undefined;
  }
}

function textOf(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) throw new Error(`${file} is not whole: it is not UTF-8.`);
    throw error;
  }
}

function parsed(json: string, file: string): Report {
  let read: Report;
  try {
    read = JSON.parse(json) as Report;
  } catch {
    throw new Error(`${file} is not whole: the report in it is not JSON.`);
  }
  if (membersWritten(json) !== membersRead(read))
    throw new Error(`${file} tells a member twice: not every reader would read the same in it.`);
  if (read?.format !== 'bulkhead-report/1')
    throw new Error(`${file} is no report of a format that this version knows.`);
  return read;
}

/** In JSON each member has one colon that is in no string. Of members of one name only the last is read. */
const membersWritten = (json: string): number => json.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;

function membersRead(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const within = Object.values(value);
  return (Array.isArray(value) ? 0 : within.length) + within.reduce((sum: number, one) => sum + membersRead(one), 0);
}
