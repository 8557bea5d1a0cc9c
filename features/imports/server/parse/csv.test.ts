import iconv from 'iconv-lite';
import { afterAll, describe, expect, test } from 'vitest';
import { failure, readAll, temporaryFiles } from '../fixtures/temporary-files.ts';

const files = temporaryFiles();
afterAll(files.remove);
const read = (content: string | Buffer, fromRow?: number) => readAll(files.write(content), fromRow);
const cells = async (content: string | Buffer) => (await read(content)).rows.map((row) => row.cells);

describe('encodings', () => {
  const text = 'Name,Stadt\r\nJürgen Müller,Köln\r\nZoë,“Łódź”\r\n';
  test.each(['utf-8', 'utf-16le', 'utf-16be'])('reads %s with and without a byte order mark', async (encoding) => {
    for (const addBOM of [true, false]) {
      const table = await read(iconv.encode(text, encoding, { addBOM }));
      expect(table.encoding).toBe(encoding);
      expect(table.headers).toEqual(['Name', 'Stadt']);
      expect(table.rows[1]?.cells).toEqual(['Zoë', '“Łódź”']);
    }
  });
  test('falls back to Windows-1252, even when the first umlaut stands in the last row', async () => {
    const table = await read(iconv.encode(`Name\n${'Smith\n'.repeat(200_000)}Müller €\n`, 'windows-1252'));
    expect(table.encoding).toBe('windows-1252');
    expect(table.rows.at(-1)).toEqual({ number: 200_001, cells: ['Müller €'] });
  });
  test('keeps UTF-8 when a single character of many is broken, and names its row', async () => {
    const good = Buffer.from(`Name\n${'Jürgen\n'.repeat(20)}`);
    const table = await read(Buffer.concat([good, Buffer.from([0x4d, 0xfc, 0x6c, 0x0a])]));
    expect(table.encoding).toBe('utf-8');
    expect(table.rows[20]).toMatchObject({ number: 21, error: { code: 'unreadable_characters', column: 1 } });
  });
});

describe('delimiters', () => {
  test.each([[','], [';'], ['\t'], ['|']])('finds %j', async (d) => {
    const table = await read(`Name${d}Deal${d}Note\n"Doe${d} J"${d}1.5${d}a\nB${d}2${d}"x, y; z"\n`);
    expect(table.delimiter).toBe(d);
    expect(table.rows[0]?.cells).toEqual([`Doe${d} J`, '1.5', 'a']);
  });
  test('is not misled by decimal commas', async () => {
    expect((await read('Name;Umsatz\nA;1,5\nB;2,75\n')).delimiter).toBe(';');
  });
  test('follows the hint that Excel writes, which is no row', async () => {
    const table = await read('sep=;\r\nName;A,B\r\nx;y\r\n');
    expect(table.headers).toEqual(['Name', 'A,B']);
    expect(table.rows).toEqual([{ number: 1, cells: ['x', 'y'] }]);
  });
});

describe('rows', () => {
  test('keeps line breaks inside quotes, and numbers rows as a spreadsheet does', async () => {
    const table = await read('Name,Note\r\nA,"one\ntwo\r\nthree"\r\n\r\nB,"say ""hi"""\r\n');
    expect(table.rows).toEqual([
      { number: 1, cells: ['A', 'one\ntwo\r\nthree'] },
      { number: 3, cells: ['B', 'say "hi"'] },
    ]);
  });
  test.each(['\n', '\r\n', '\r'])('ends rows at %j, also without one after the last row', async (end) => {
    expect(await cells(['a,b', '1,2', '3,4'].join(end))).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });
  test('a quotation mark that stands inside an unquoted text is text', async () => {
    expect(await cells('a,b\nBob "Bobby" Smith,5" pipe\n')).toEqual([['Bob "Bobby" Smith', '5" pipe']]);
  });
  test('an unbalanced quote costs its own row and no other', async () => {
    const table = await read('Name,Note\nA,1\n"B,2\n"C",3\n"D "x" d",4\nE,"5\n');
    expect(table.rows.map((row) => [row.number, row.error?.code ?? row.cells])).toEqual([
      [1, ['A', '1']],
      [2, 'quote_not_closed'],
      [3, ['C', '3']],
      [4, 'quote_not_closed'],
      [5, 'quote_not_closed'],
    ]);
  });
  test('a quote that is never closed is reported after the longest row we read, not at the end of the file', async () => {
    const table = await read(`Name,Note\n"B,2\n${'C,3\n'.repeat(500_000)}`);
    expect(table.rows[0]?.error?.code).toBe('quote_not_closed');
    expect(table.rows).toHaveLength(500_001);
  });
  test('ragged rows are errors of the row; empty cells too many are not', async () => {
    const table = await read('a,b\n1\n1,2,3\n1,2,,\n');
    expect(table.rows.map((row) => row.error?.code)).toEqual(['row_too_short', 'row_too_wide', undefined]);
    expect(table.rows[1]).toMatchObject({ cells: ['1', '2', '3'], error: { column: 3 } });
    expect(table.rows[2]?.cells).toEqual(['1', '2']);
  });
  test('null characters, overlong fields and overlong rows are errors of the row', async () => {
    const long = 'x'.repeat(10_001);
    const table = await read(`a,b\n1,\0\n${long},2\n${long.slice(1)},3\n${long.repeat(110)}\n5,6\n`);
    expect(table.rows.map((row) => [row.number, row.error?.code, row.error?.column])).toEqual([
      [1, 'null_character', 2],
      [2, 'field_too_long', 1],
      [3, undefined, undefined],
      [4, 'row_too_long', undefined],
      [5, undefined, undefined],
    ]);
    expect(table.rows[1]?.cells[0]).toHaveLength(10_000);
  });
  test('can be read from any row on', async () => {
    const table = await read('a\n1\n2\n\n4\n', 3);
    expect(table.rows).toEqual([{ number: 4, cells: ['4'] }]);
  });
});

describe('headers', () => {
  test('nameless and repeated columns get names that tell them apart', async () => {
    const table = await read('Email,,email,Email (2),\n1,2,3,4\n');
    expect(table.headers).toEqual(['Email', 'Column 2', 'email (2)', 'Email (2) (2)']);
  });
  test('a file with only headers is a table without rows', async () => {
    expect(await read('Name,Email\n')).toMatchObject({ headers: ['Name', 'Email'], rows: [] });
  });
});

describe('files that are no table say so', () => {
  test.each<[string, string | Buffer, string]>([
    ['nothing', '', 'file_empty'],
    ['only blank lines', '\n\n , \n', 'file_empty'],
    ['a PDF', '%PDF-1.7\n', 'not_a_table'],
    ['a web page named .xls', '<html><table><tr><td>a', 'not_a_table'],
    ['a vCard', 'BEGIN:VCARD\nVERSION:3.0', 'not_a_table'],
    ['random bytes', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 31)), 'not_a_table'],
    ['501 columns', 'a,'.repeat(501).replace(/,$/, ''), 'too_many_columns'],
    ['an unclosed quote in the headers', '"a,b\n1,2\n', 'not_a_table'],
  ])('%s', async (_name, content, code) => {
    expect(await failure(files.write(content))).toMatchObject({ code });
  });
  test('a missing file', async () => {
    expect(await failure('/nowhere/at/all')).toMatchObject({ code: 'file_missing' });
  });
});
