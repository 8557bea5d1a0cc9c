import { posix } from 'node:path';
import { ImportFileError } from './errors.ts';
import { readXml } from './xml-events.ts';
import { damaged, type ZipArchive } from './zip-archive.ts';

export interface Workbook {
  sheetPart: string;
  sharedStringsPart: string | undefined;
  stylesPart: string | undefined;
  /** Days count from 1904 in workbooks of old Macs. */
  from1904: boolean;
}

interface Relation {
  type: string;
  target: string;
  external: boolean;
}

/** Finds the first sheet a person sees when they open the workbook. */
export async function readWorkbook(zip: ZipArchive): Promise<Workbook> {
  const office = [...(await relations(zip, '')).values()].find(({ type }) => type === 'officeDocument');
  const part = office?.target ?? 'xl/workbook.xml';
  if (!/\.xml$/i.test(part) || !zip.has(part)) throw notAWorkbook(zip, part);
  const related = await relations(zip, part);
  const sheets: { id: string; state: string }[] = [];
  let from1904 = false;
  await readXml(zip.read(part)!, {
    open(name, a) {
      if (name === 'workbookPr') from1904 = a.date1904 === '1' || a.date1904 === 'true';
      if (name === 'sheet') sheets.push({ id: relationId(a), state: a.state ?? 'visible' });
    },
  });
  const visible = sheets.find(({ id, state }) => state === 'visible' && related.get(id)?.type === 'worksheet');
  if (!visible) {
    throw new ImportFileError(
      'no_visible_sheet',
      'This workbook has no visible sheet with cells. Unhide the sheet with your contacts.',
    );
  }
  const sheet = related.get(visible.id)!;
  if (sheet.external) {
    throw new ImportFileError(
      'unsafe_content',
      'The first sheet of this workbook lies in another file. Save it as CSV and import that.',
    );
  }
  if (!zip.has(sheet.target)) throw damaged();
  const partOf = (type: string) =>
    [...related.values()].find((r) => r.type === type && !r.external && zip.has(r.target))?.target;
  return {
    sheetPart: sheet.target,
    sharedStringsPart: partOf('sharedStrings'),
    stylesPart: partOf('styles'),
    from1904,
  };
}

const relationId = (attributes: Record<string, string>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

async function relations(zip: ZipArchive, part: string): Promise<Map<string, Relation>> {
  const folder = posix.dirname(part || '.');
  const found = new Map<string, Relation>();
  const chunks = zip.read(posix.join(folder, '_rels', `${posix.basename(part)}.rels`));
  if (!chunks) return found;
  await readXml(chunks, {
    open(name, a) {
      if (name !== 'Relationship' || !a.Id || !a.Target) return;
      const target = a.Target.startsWith('/') ? a.Target.slice(1) : posix.join(folder, a.Target);
      found.set(a.Id, { type: a.Type?.split('/').at(-1) ?? '', target, external: a.TargetMode === 'External' });
    },
  });
  return found;
}

function notAWorkbook(zip: ZipArchive, part: string): ImportFileError {
  const other = /\.bin$/i.test(part) || zip.has('xl/workbook.bin') || zip.has('content.xml');
  return new ImportFileError(
    'not_a_table',
    other
      ? 'This kind of spreadsheet cannot be read. Save it as “Excel Workbook (.xlsx)” or “CSV UTF-8” and import the new file.'
      : 'This is a zip file, but not an Excel workbook. Unpack it, or save your contacts as .xlsx or CSV, and choose that file.',
  );
}
