import { readDateStyles } from './date-styles.ts';
import { ImportFileError } from './errors.ts';
import { isBlank, nameHeaders, shapeRow } from './row-shape.ts';
import { SharedStrings } from './shared-strings.ts';
import { type SheetRow, sheetRows } from './sheet-rows.ts';
import type { Table, TableRow } from './table.ts';
import { readWorkbook } from './workbook.ts';
import { ZipArchive } from './zip-archive.ts';

export async function openXlsx(path: string): Promise<Table> {
  const zip = await ZipArchive.open(path);
  let strings: SharedStrings | undefined;
  const close = async () => {
    strings?.close();
    strings = undefined;
    zip.close();
  };
  try {
    const { sheetPart, sharedStringsPart, stylesPart, from1904 } = await readWorkbook(zip);
    const dateStyles = await readDateStyles(stylesPart === undefined ? undefined : zip.read(stylesPart));
    strings = await SharedStrings.read(sharedStringsPart === undefined ? undefined : zip.read(sharedStringsPart));
    const context = { strings, dateStyles, from1904 };
    const sheet = () => sheetRows(zip.read(sheetPart)!, context);
    const { headers, headerRow } = await readHeaders(sheet());
    return {
      kind: 'xlsx',
      headers,
      encoding: null,
      delimiter: null,
      rows: (fromRow = 1) => rowsOf(sheet(), headers, headerRow, fromRow),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readHeaders(rows: AsyncIterable<SheetRow>) {
  for await (const { sheetRow, cells } of rows) {
    if (!isBlank(cells)) return { headers: nameHeaders(cells), headerRow: sheetRow };
  }
  throw new ImportFileError(
    'file_empty',
    'The first sheet of this workbook is empty. Put the sheet with your contacts first.',
  );
}

async function* rowsOf(
  rows: AsyncIterable<SheetRow>,
  headers: string[],
  headerRow: number,
  fromRow: number,
): AsyncGenerator<TableRow> {
  for await (const { sheetRow, cells } of rows) {
    const number = sheetRow - headerRow;
    if (number < 1 || number < fromRow || isBlank(cells)) continue;
    yield shapeRow(number, cells, headers, 'pad');
  }
}
