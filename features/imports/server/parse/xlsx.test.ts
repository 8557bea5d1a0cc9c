import { readFileSync, writeFileSync } from 'node:fs';
import XLSX from '@e965/xlsx';
import { afterAll, describe, expect, test } from 'vitest';
import { collect, readAll, temporaryFiles } from '../fixtures/temporary-files.ts';
import { textRow, type WorkbookParts, writeWorkbook } from '../fixtures/workbook-file.ts';
import { openTable } from './open-table.ts';

const files = temporaryFiles();
afterAll(files.remove);

async function read(parts: WorkbookParts) {
  const path = files.path();
  await writeWorkbook(path, parts);
  return readAll(path);
}

function saved(book: XLSX.WorkBook): string {
  return files.write(XLSX.write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true }) as Buffer);
}

describe('workbooks of spreadsheet programs', () => {
  test('texts, numbers, dates, booleans and stored results of formulas read as a person sees them', async () => {
    const sheet = XLSX.utils.aoa_to_sheet([
      ['Name', 'Phone', 'Since', 'Active', 'Sum', 'Gap'],
      ['Jürgen & Söhne', 441555123456, null, true, 0.1 + 0.2],
      [],
      ['=not a formula', -1.5, null, false, null, 'x'],
    ]);
    sheet.C2 = { t: 'n', v: 45351, z: 'dd.mm.yyyy' };
    sheet.C4 = { t: 'n', v: 45351.6041666667, z: 'yyyy-mm-dd hh:mm' };
    sheet.E4 = { t: 'n', v: 42, f: 'HYPERLINK("http://evil.example")' };
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, sheet, 'Kontakte');
    const table = await readAll(saved(book));
    expect(table).toMatchObject({ kind: 'xlsx', headers: ['Name', 'Phone', 'Since', 'Active', 'Sum', 'Gap'] });
    expect(table.rows).toEqual([
      { number: 1, cells: ['Jürgen & Söhne', '441555123456', '2024-02-29', 'TRUE', '0.3', ''] },
      { number: 3, cells: ['=not a formula', '-1.5', '2024-02-29T14:30:00', 'FALSE', '42', 'x'] },
    ]);
  });
  test('the first visible sheet is read', async () => {
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['secret']]), 'Lists');
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['Name'], ['A']]), 'Contacts');
    book.Workbook = {
      Sheets: [
        { name: 'Lists', Hidden: 1 },
        { name: 'Contacts', Hidden: 0 },
      ],
    };
    expect((await readAll(saved(book))).headers).toEqual(['Name']);
  });
});

describe('cells', () => {
  test('shared strings join their runs and leave out reading aids', async () => {
    const table = await read({
      sharedStrings:
        '<si><t>Name</t></si><si><r><t>An</t></r><r><t xml:space="preserve">na </t></r><rPh><t>x</t></rPh></si>',
      rows: '<row r="3"><c r="B3" t="s"><v>0</v></c></row><row r="5"><c r="B5" t="s"><v>1</v></c></row>',
    });
    expect(table.headers).toEqual(['Column 1', 'Name']);
    expect(table.rows).toEqual([{ number: 2, cells: ['', 'Anna '] }]);
  });
  test('errors stay visible, exponents disappear, escaped characters come back, prefixes do not matter', async () => {
    const table = await read({
      sheet:
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="str"><x:v>A</x:v></x:c><x:c t="str"><x:v>B</x:v></x:c><x:c t="str"><x:v>C</x:v></x:c></x:row>' +
        '<x:row><x:c t="e"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c><x:c><x:v>4.41555123456E11</x:v></x:c><x:c t="str"><x:v>a_x000A_b</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    });
    expect(table.rows[0]?.cells).toEqual(['#DIV/0!', '441555123456', 'a\nb']);
  });
  test('dates of 1904 workbooks and times alone are understood; colours in formats do not make dates', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[Red]0.00&quot; days&quot;"/><numFmt numFmtId="171" formatCode="[h]:mm"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>';
    const rows = `${textRow('a', 'b', 'c', 'd')}<row><c s="1"><v>43889</v></c><c s="2"><v>7</v></c><c s="0"><v>14</v></c><c s="3"><v>1.25</v></c></row>`;
    const workbook =
      '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="A" sheetId="1" r:id="s1"/></sheets></workbook>';
    const table = await read({ styles, rows, workbook });
    expect(table.rows[0]?.cells.slice(0, 3)).toEqual(['2024-02-29', '7', '14']);
  });
  test('wide rows and overlong texts are errors of the row', async () => {
    const rows = `${textRow('a', 'b')}${textRow('1', '2', '3')}${textRow('x'.repeat(20_000), '2')}<row><c r="XFD4"><v>1</v></c></row>${textRow('1')}`;
    const table = await read({ rows });
    expect(table.rows.map((row) => row.error?.code)).toEqual([
      'row_too_wide',
      'field_too_long',
      'row_too_wide',
      undefined,
    ]);
  });
});

test('the content decides, not the name, and rows can be read twice and from any row on', async () => {
  const path = `${files.path()}.csv`;
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['N'], [1], [2], [3]]), 'A');
  writeFileSync(path, readFileSync(saved(book)));
  await expect(openTable(path, { kind: 'csv' })).rejects.toMatchObject({ code: 'wrong_kind' });
  const table = await openTable(path);
  const numbers = async (from?: number) => (await collect(table.rows(from))).map((row) => row.number);
  expect([await numbers(), await numbers(3)]).toEqual([[1, 2, 3], [3]]);
  await table.close();
});
