import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type Remaining, verify } from '../adopt/index.ts';
import { exitCode } from '../audit/report/exit-code.ts';
import { formatOf } from '../audit/report/format.ts';
import { render } from '../audit/report/formats.ts';
import type { Report } from '../audit/report/report.ts';
import { progressLine, readWaivers } from './audit-output.ts';
import type { Tools } from './command.ts';

interface Options {
  databaseUrl: string;
  moving?: boolean;
  audit: boolean;
  output: string[];
  waivers?: string;
  quiet?: boolean;
}

export function addVerify(on: (name: string, description: string) => Command, run: Tools['run']): void {
  on(
    'verify',
    'counts whether anything was lost, is without a tenant or crosses to another, and runs the whole auditor',
  )
    .option('--moving', 'the application wrote meanwhile: tell of counts that differ, and do not fail for them')
    .option('--no-audit', 'looks only at what the adoption itself did')
    .option(
      '--output <file>',
      'writes the auditor’s report too, by the file’s ending, as bulkhead audit does; may be given several times',
      (file: string, files: string[]) => [...files, file],
      [] as string[],
    )
    .option('--waivers <file>', 'findings that are accepted, as for bulkhead audit')
    .option('--quiet', 'shows no progress')
    .action(({ databaseUrl, moving = false, audit, output, quiet, ...options }: Options) =>
      run(async () => {
        const waivers = readWaivers({ ...options, output, format: 'terminal', failOn: 'low' });
        if (waivers === undefined) return 2;
        const progress = progressLine(quiet);
        const {
          ok,
          checks,
          remaining,
          audit: report,
        } = await verify(databaseUrl, {
          moving,
          audit,
          waivers,
          onProgress: ({ done, of, rule }) => progress.tell(`${done} of ${of}  ${rule}`),
        }).finally(() => progress.done());
        for (const check of checks) console.log(`${check.ok ? 'ok  ' : 'NOT '} ${check.name}: ${check.detail}`);
        if (report) tellFindings(report, remaining);
        for (const file of report ? output : []) writeFileSync(file, render(report as Report, formatOf(file)));
        if (!ok) return 1;
        // As for bulkhead audit: it cannot be said.
        return report === undefined ? 0 : exitCode(report, 'low');
      }),
    );
}

/** What the auditor found, each with its mend, and what it could not look at. */
export function tellFindings(
  { outcomes }: Report,
  remaining: readonly Remaining[],
  say: (line: string) => void = console.log,
): void {
  for (const { rule, outcome, findings, reason } of outcomes) {
    if (outcome === 'not checked') say(`     ${rule.severity} rule ${rule.number}, not checked: ${reason}`);
    if (outcome !== 'failed' && outcome !== 'waived') continue;
    for (const { object, message, mend, waived } of findings) {
      if (waived) say(`     accepted, rule ${rule.number}: ${object}: ${waived.reason}`);
      else {
        const why = remaining.find((one) => one.rule === rule.number && one.object === object)?.why;
        say(`     ${rule.severity} rule ${rule.number}, ${rule.name}: ${object}: ${message}`);
        for (const line of [mend, ...(why ? [why] : [])]) say(`       ${line}`);
      }
    }
  }
}
