import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { writeLargeCsv, writeLargeXlsx } from '../fixtures/large-files.ts';
import { temporaryFiles } from '../fixtures/temporary-files.ts';

const files = temporaryFiles();
afterAll(files.remove);
const script = fileURLToPath(new URL('../fixtures/measure-reading.ts', import.meta.url));

interface Measurement {
  rows: number;
  seconds: number;
  heapMb: number;
  peakRssMb: number;
}

async function measure(write: (path: string, rows: number) => Promise<void>, rows: number): Promise<Measurement> {
  const path = files.path();
  await write(path, rows);
  const run = await promisify(execFile)(process.execPath, ['--expose-gc', '--import', 'tsx', script, path]);
  const measured = JSON.parse(run.stdout) as Measurement;
  expect(measured.rows).toBe(rows);
  return measured;
}

test.each([
  ['CSV', writeLargeCsv],
  ['XLSX', writeLargeXlsx],
])(
  'reading 100,000 rows of %s needs no more live memory than reading 10,000',
  { timeout: 120_000 },
  async (_kind, write) => {
    const small = await measure(write, 10_000);
    const large = await measure(write, 100_000);
    if (process.env.SHOW_MEASUREMENTS) console.info(_kind, { small, large });
    expect(large.heapMb - small.heapMb).toBeLessThan(12);
    expect(large.peakRssMb).toBeLessThan(400);
  },
);
