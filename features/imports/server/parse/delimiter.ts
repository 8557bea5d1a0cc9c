import { readRecord } from './csv-records.ts';

const candidates = [',', ';', '\t', '|'];
const sampleRows = 50;

/** Excel's own hint, a first line `sep=;`. */
export const separatorHint = /^sep=([,;\t|])(\r\n|\n|\r)/i;

/** The separator that cuts most rows into as many cells as the header row. */
export function detectDelimiter(sample: string, complete: boolean): string {
  const hint = separatorHint.exec(sample);
  if (hint?.[1]) return hint[1];
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of candidates) {
    const score = agreement(sample, complete, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function agreement(sample: string, complete: boolean, delimiter: string): number {
  let header = 0;
  let same = 0;
  let rows = 0;
  for (let at = 0; at < sample.length && rows < sampleRows; ) {
    const step = readRecord(sample, at, delimiter, complete);
    if (step === 'incomplete') break;
    at = step.next;
    const { cells } = step.record;
    if (cells.length === 1 && cells[0]?.trim() === '') continue;
    if (header === 0) header = cells.length;
    else {
      rows++;
      if (cells.length === header && !step.record.error) same++;
    }
  }
  if (header < 2) return 0;
  const consistency = rows === 0 ? 1 : same / rows;
  return (consistency + 0.05) * Math.log2(header + 1);
}
