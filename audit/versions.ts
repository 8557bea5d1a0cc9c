import { audit } from './audit.ts';
import { foreignDatabase } from './foreign/database.ts';
import { onEachRelease } from './releases.ts';
import type { AuditResult } from './result.ts';
import { subjectOf } from './subject.ts';

/** What older releases cannot do, so that a script made for the newest has to say it otherwise. */
const older: [before: number, from: string | RegExp, to: string][] = [
  [15, ' with (security_invoker = true)', ' with (security_barrier = true)'],
];

let newest: string[] | undefined;

/**
 * `npm run audit:versions`: audits the sample databases on a real server of each release that the auditor is for, and
 * says where the outcome differs from the newest's. Names of majors choose some of them.
 */
await onEachRelease(process.argv.slice(2), async (url, major) => {
  const said = await outcomesOn(url, major);
  newest ??= said;
  const differences = said.filter((line, i) => line !== newest?.[i]);
  console.log(`${major}: ${said.length} outcomes, ${differences.length} unlike the newest's`);
  for (const line of differences) console.log(`  ${line}`);
  if (said.some((line) => line.includes('could not look'))) process.exitCode = 1;
});

async function outcomesOn(url: string, major: number): Promise<string[]> {
  const said: string[] = [];
  for (const [script, config] of [
    ['sound-shop.sql', { global: { countries: 'the same for everybody' } }],
    ['no-policies.sql', {}],
    ['accounts.sql', {}],
  ] as const) {
    const database = await foreignDatabase(url, script, {
      edit: (sql) =>
        older.reduce((text, [before, from, to]) => (major < before ? text.replaceAll(from, to) : text), sql),
    });
    try {
      const { subject } = await subjectOf(database.client, config);
      said.push(...linesOf(script, await audit(database.client, { subject }), [database.app, database.owner]));
    } finally {
      await database.drop();
    }
  }
  return said;
}

function linesOf(script: string, { outcomes }: AuditResult, names: string[]): string[] {
  return outcomes.map(({ rule, outcome, findings, reason }) =>
    names.reduce(
      (text, name) => text.replaceAll(name, 'a role'),
      `${script} ${rule.number} ${outcome}: ${findings
        .map(({ object }) => object)
        .sort()
        .join(', ')}${reason ? ` (${reason})` : ''}`,
    ),
  );
}
