import { existsSync, readFileSync } from 'node:fs';
import { htmlReport, reportIn } from '../audit/report/html.ts';
import { fingerprintOf, KEY_PATH, type PublicKey, type Unsealed, unsealed } from '../audit/report/seal.ts';
import { titleOf, VERDICTS, when } from '../audit/report/texts.ts';

const WRONG: Record<Unsealed, string> = {
  'not signed': 'It is not signed: nobody can tell whether it was changed.',
  'another key': 'It is not signed with that key.',
  changed: 'It was changed after it was signed, or its signature was.',
};

/** @param key a fingerprint, or a file with the public key as the installation publishes it */
export function verifyReport(file: string, key?: string): number {
  if (!existsSync(file)) {
    console.error(`There is no file ${file}.`);
    return 2;
  }
  const report = reportIn(file);
  const wrong = unsealed(report, key === undefined ? undefined : fingerprintIn(key));
  if (wrong || !report.seal) {
    console.error(`${file} does not hold. ${WRONG[wrong ?? 'not signed']}`);
    return 1;
  }
  // The page around the signed report is what people read: it must be the one that the report gives.
  if (!readFileSync(file, 'utf8').startsWith('{') && htmlReport(report) !== readFileSync(file, 'utf8')) {
    console.error(
      `${file}: the report in it is as it was signed, but the page around it is not what this version makes of it. Trust the JSON.`,
    );
    return 1;
  }
  const { seal, score, finishedAt, installation } = report;
  console.log(`${titleOf(report)}, of ${when(finishedAt)}: ${VERDICTS[score.verdict]}, ${score.percent} of 100.`);
  console.log(`It is as it was signed on ${when(seal.signedAt)} with the key ${seal.fingerprint}.`);
  if (key === undefined)
    console.log(`Whose key that is, say they: compare it with the fingerprint at ${installation ?? ''}${KEY_PATH}.`);
  return 0;
}

function fingerprintIn(key: string): string {
  return existsSync(key) ? fingerprintOf(JSON.parse(readFileSync(key, 'utf8')) as PublicKey) : key;
}
