import { existsSync, readFileSync } from 'node:fs';
import type { Report } from '../audit/report/report.ts';
import { reportIn } from '../audit/report/report-file.ts';
import { fingerprintOf, KEY_PATH, type PublicKey, type Unsealed, unsealed } from '../audit/report/seal.ts';
import { tame, tamed } from '../audit/report/tame.ts';
import { titleOf, VERDICTS, when } from '../audit/report/texts.ts';

const WRONG: Record<Unsealed, string> = {
  'not signed': 'It is not signed: nobody can tell whether it was changed.',
  'another key': 'It is not signed with that key.',
  changed: 'It was changed after it was signed, or its signature was.',
};

/** @param key a fingerprint, or a file with the public key as the installation publishes it */
export function verifyReport(file: string, key?: string): number {
  if (!existsSync(file)) {
    console.error(`There is no file ${tame(file)}.`);
    return 2;
  }
  let report: Report;
  try {
    report = reportIn(file);
  } catch (error) {
    console.error(tame((error as Error).message));
    return 1;
  }
  const wrong = unsealed(report, key === undefined ? undefined : fingerprintIn(key));
  if (wrong || !report.seal) {
    console.error(`${tame(file)} does not hold. ${WRONG[wrong ?? 'not signed']}`);
    return 1;
  }
  const { seal, score, finishedAt, installation = '' } = tamed(report);
  console.log(
    `${titleOf(tamed(report))}, of ${when(finishedAt)}: ${VERDICTS[score.verdict]}, ${score.percent} of 100.`,
  );
  console.log(`It is as it was signed on ${when(report.seal.signedAt)} with the key ${seal?.fingerprint}.`);
  if (key === undefined)
    console.log(`Whose key that is, say they: compare it with the fingerprint at ${installation}${KEY_PATH}.`);
  return 0;
}

function fingerprintIn(key: string): string {
  return existsSync(key) ? fingerprintOf(JSON.parse(readFileSync(key, 'utf8')) as PublicKey) : key;
}
