import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { failure, temporaryFiles } from '../fixtures/temporary-files.ts';
import { textRow, type WorkbookParts, writeWorkbook } from '../fixtures/workbook-file.ts';
import { writeZip } from '../fixtures/zip-file.ts';

const files = temporaryFiles();
afterAll(files.remove);
vi.stubEnv('TMPDIR', files.folder);

async function refused(parts: WorkbookParts) {
  const path = files.path();
  await writeWorkbook(path, parts);
  return failure(path);
}
function* repeat(text: string, times: number) {
  for (let i = 0; i < times; i++) yield text;
}
const megabyte = '0'.repeat(1_000_000);

describe('zip bombs are refused while they inflate', () => {
  test('200 MB of zeros in the sheet', async () => {
    expect(await refused({ sheet: repeat(megabyte, 200) })).toMatchObject({
      code: expect.stringMatching(/too_large|damaged/),
    });
  });
  test('200 MB of zeros inside a text', async () => {
    const error = await refused({
      rows: (function* () {
        yield textRow('a');
        yield '<row><c t="str"><v>';
        yield* repeat(megabyte, 200);
        yield '</v></c></row>';
      })(),
    });
    expect(['file_too_large', 'file_damaged']).toContain(error.code);
  });
  test('a million empty rows that pack a thousandfold', async () => {
    const rows = repeat('<row></row>'.repeat(10_000), 100);
    expect(
      await refused({
        rows: (function* () {
          yield textRow('a');
          yield* rows;
        })(),
      }),
    ).toMatchObject({ code: 'file_too_large' });
  });
  test('shared strings, whatever size their header claims', async () => {
    const path = files.path();
    await writeWorkbook(path, { rows: textRow('a'), sharedStrings: repeat('<si><t>0</t></si>'.repeat(10_000), 300) });
    expect(await failure(path)).toMatchObject({ code: 'file_too_large' });
  });
  test('a header that lies about the size', async () => {
    const path = files.path();
    await writeZip(path, [
      { name: 'xl/workbook.xml', content: `<workbook>${' '.repeat(100_000)}</workbook>`, claimedSize: 10 },
    ]);
    expect(await failure(path)).toMatchObject({ code: 'file_damaged' });
  });
  test('thousands of parts', async () => {
    const more = Array.from({ length: 2001 }, (_, i) => ({ name: `x${i}`, content: '' }));
    expect(await refused({ rows: textRow('a'), more })).toMatchObject({ code: 'file_too_large' });
  });
});

describe('hostile XML', () => {
  test('a document type is refused, and with it every external entity', async () => {
    const sheet =
      '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&x;</v></c></row></sheetData></worksheet>';
    expect(await refused({ sheet })).toMatchObject({ code: 'unsafe_content' });
  });
  test.each([
    ['an undefined entity', '<row><c t="str"><v>&lol;</v></c></row>'],
    ['thousands of nested tags', '<a>'.repeat(5000) + '</a>'.repeat(5000)],
    ['a text of megabytes', `<row><c t="str"><v>${'a'.repeat(3_000_000)}</v></c></row>`],
    ['an attribute of megabytes', `<row spans="${'a'.repeat(3_000_000)}"/>`],
    ['a tag that does not end', `<row ${'a'.repeat(3_000_000)}`],
    ['tags that do not match', '<row></c></row>'],
    ['a text that does not exist', '<row><c t="s"><v>7</v></c></row>'],
    ['a negative text', '<row><c t="s"><v>-1</v></c></row>'],
  ])('%s', async (_name, rows) => {
    expect(await refused({ rows })).toMatchObject({ code: 'file_damaged' });
  });
});

describe('files that are no readable workbook say what to do', () => {
  const container = (name: string) => {
    const file = Buffer.alloc(2048);
    file.writeUInt32BE(0xd0cf11e0);
    file.writeUInt16LE(9, 30);
    file.writeUInt32LE(1, 48);
    file.write(name, 1024, 'utf16le');
    return files.write(file);
  };
  test('old .xls', async () => {
    const error = await failure(container('Workbook'));
    expect(error).toMatchObject({ code: 'old_excel', message: expect.stringContaining('.xlsx') });
  });
  test('protected by a password', async () => {
    expect(await failure(container('EncryptedPackage'))).toMatchObject({ code: 'encrypted' });
    expect(
      await refused({ rows: textRow('a'), more: [{ name: 'xl/styles.xml', content: '<a/>', encrypted: true }] }),
    ).toMatchObject({ code: 'encrypted' });
  });
  test('cut off at any length', async () => {
    const path = files.path();
    await writeWorkbook(path, { rows: textRow('a') + textRow('1').repeat(1000) });
    const whole = readFileSync(path);
    for (let share = 1; share < 10; share++) {
      const part = whole.subarray(0, Math.floor((whole.length * share) / 10));
      expect(await failure(files.write(part))).toMatchObject({ code: 'file_damaged' });
    }
  });
  test('a zip of something else, an OpenDocument file, an empty sheet, only hidden sheets', async () => {
    const zip = files.path();
    await writeZip(zip, [{ name: 'photo.jpg', content: 'x' }]);
    expect(await failure(zip)).toMatchObject({ code: 'not_a_table', message: expect.stringContaining('zip') });
    await writeZip(zip, [{ name: 'content.xml', content: '<a/>' }]);
    expect(await failure(zip)).toMatchObject({ code: 'not_a_table', message: expect.stringContaining('spreadsheet') });
    expect(await refused({})).toMatchObject({ code: 'file_empty' });
    const workbook = '<workbook xmlns:r="r"><sheets><sheet state="veryHidden" r:id="s1"/></sheets></workbook>';
    expect(await refused({ workbook, rows: textRow('a') })).toMatchObject({ code: 'no_visible_sheet' });
  });
  test('leaves no temporary file behind', () => {
    expect(readdirSync(files.folder).filter((name) => name.startsWith('bulkhead-import-'))).toEqual([]);
  });
});
