import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { ProbeResult } from '../audit/probe/result.ts';
import { exitCode, FAIL_ON, type FailOn } from '../audit/report/exit-code.ts';
import { FORMATS, type Format, formatOf } from '../audit/report/format.ts';
import { render } from '../audit/report/formats.ts';
import { type Report, reportOf } from '../audit/report/report.ts';
import { seal } from '../audit/report/seal.ts';
import { parseWaivers, type Waiver } from '../audit/report/waivers.ts';
import type { AuditResult } from '../audit/result.ts';

export interface OutputOptions {
  format: Format;
  output?: string[];
  failOn: FailOn;
  waivers?: string;
  probe?: string;
  sign?: boolean;
  quiet?: boolean;
}

const WAIVERS = 'bulkhead.waivers.json';

/** How a run is told: the same for each command that has a report. */
export const addOutputOptions = (command: Command): Command =>
  command
    .addOption(new Option('--format <format>', 'how it is printed').choices(FORMATS).default('terminal'))
    .option(
      '--output <file>',
      'writes it to a file too, by its ending .html, .json, .md, .sarif, .xml (JUnit) or .txt; may be given several times',
      (file: string, files: string[] = []) => [...files, file],
    )
    .addOption(new Option('--fail-on <severity>', 'ends with 1 from this severity on').choices(FAIL_ON).default('low'))
    .option('--waivers <file>', `what is accepted, by whom, why and until when (default: ${WAIVERS}, if it is there)`)
    .option('--probe <file>', 'tells in the report what that run of `bulkhead probe` came to (its JSON)')
    .option('--sign', 'signs the report with the key of this installation')
    .option('--quiet', 'shows no progress')
    .addHelpText(
      'after',
      '\nEnds with 0: nothing found; 1: something found; 2: asked for wrongly, or not all could be checked.',
    );

/** Reads what a run is judged by before it begins, so that a mistake in it costs no run; says what is wrong, if anything is. */
export function readWaivers({ waivers, output = [], probe }: OutputOptions): Waiver[] | undefined {
  try {
    for (const file of output) formatOf(file);
    if (probe !== undefined) readProbe(probe);
    if (waivers !== undefined && !existsSync(waivers)) throw new Error(`There is no file ${waivers}.`);
    const file = waivers ?? (existsSync(WAIVERS) ? WAIVERS : undefined);
    return file === undefined ? [] : parseWaivers(readFileSync(file, 'utf8'), file);
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

function readProbe(file: string): ProbeResult {
  const read = JSON.parse(readFileSync(file, 'utf8')) as ProbeResult;
  if (read.format === 'bulkhead-probe/1') return read;
  throw new Error(`${file} is no result of bulkhead probe.`);
}

/** Prints and writes what came of a run. @returns the exit code */
export function deliver(
  result: AuditResult,
  waivers: readonly Waiver[],
  { format, output = [], failOn, sign, probe }: OutputOptions,
  installation?: string,
): number {
  let report: Report = { ...reportOf(result, { waivers }), ...(installation === undefined ? {} : { installation }) };
  if (probe !== undefined) report = { ...report, probe: readProbe(probe) };
  if (sign) report = seal(report);
  for (const file of output) {
    writeFileSync(file, render(report, formatOf(file)));
    console.error(`Written: ${file}`);
  }
  const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
  console.log(render(report, format, coloured).trimEnd());
  return exitCode(report, failOn);
}

/** A line on a terminal's standard error that says how far a run is, and is gone when it is over. */
export function progressLine(quiet = false): { tell(text: string): void; done(): void } {
  const shown = !quiet && process.stderr.isTTY === true;
  const write = (text: string) => void (shown && process.stderr.write(`\r\u001b[2K${text}`));
  return { tell: (text) => write(text.slice(0, (process.stderr.columns ?? 80) - 1)), done: () => write('') };
}
