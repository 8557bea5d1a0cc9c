import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { csvWriter } from '../../../../server/platform/csv-writer.ts';
import { guardFormula, unguardFormula } from '../../../../server/platform/formula-guard.ts';
import { collect, readAll, temporaryFiles } from '../fixtures/temporary-files.ts';
import { csvRecords } from './csv-records.ts';

const files = temporaryFiles();
afterAll(files.remove);

const risky = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', "'", '"', ',', ';', '|', ' ', 'ü', '😀', '＝');
const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/[\0\uFFFD]/.test(text)),
  fc.array(risky, { maxLength: 8 }).map((parts) => parts.join('')),
);

describe('formula guard', () => {
  test('no guarded cell starts like a formula', () => {
    fc.assert(fc.property(cell, (text) => !/^[=+\-@\t\r\n＝＋－＠]/.test(guardFormula(text))));
  });
  test('unguarding gives back exactly the guarded text', () => {
    fc.assert(fc.property(cell, (text) => unguardFormula(guardFormula(text)) === text));
  });
  test('leaves ordinary texts alone', () => {
    for (const text of ["O'Brien", "'quoted'", 'a=b', '', '1-2']) expect(guardFormula(text)).toBe(text);
  });
});

test('what the writer writes, the reader reads, with every delimiter', async () => {
  const row = fc.tuple(fc.constant('id'), cell, cell, cell);
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
      async (rows, delimiter) => {
        const writer = csvWriter(delimiter);
        writer.write(['Id', 'First', 'Second', 'Third']);
        for (const cells of rows) writer.write(cells);
        writer.end();
        const table = await readAll(files.write(await buffer(writer)));
        expect(table.delimiter).toBe(delimiter);
        expect(table.rows).toEqual(rows.map((cells, i) => ({ number: i + 1, cells })));
      },
    ),
    { numRuns: 300 },
  );
});

test('where the file is cut into chunks makes no difference', async () => {
  const text = fc
    .array(fc.constantFrom('a', '"', '""', ',', '\r', '\n', '\r\n'), { maxLength: 40 })
    .map((p) => p.join(''));
  async function* pieces(all: string, size: number) {
    for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
  }
  const records = async (all: string, size: number) => collect(csvRecords(pieces(all, size), ','));
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (all, size) => {
      expect(await records(all, size)).toEqual(await records(all, 1000));
    }),
    { numRuns: 500 },
  );
});
