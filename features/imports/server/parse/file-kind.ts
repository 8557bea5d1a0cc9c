import { open } from 'node:fs/promises';
import { ImportFileError } from './errors.ts';

const headBytes = 64 * 1024;
const magicNumbers = ['%PDF', '\x89PNG', 'GIF8', '\xff\xd8\xff', '\x1f\x8b', 'Rar!', '7z\xbc\xaf', '{\\rtf'];
const saveAs =
  'Open it in Excel, choose “Save as” and then “Excel Workbook (.xlsx)” or “CSV UTF-8”, and import the new file.';

/** What a file is by its content; names and content types are often wrong. */
export async function detectKind(path: string): Promise<{ kind: 'csv' | 'xlsx'; head: Buffer }> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new ImportFileError('file_missing', 'The file could not be found. Please choose it again.', {}, cause);
  });
  try {
    const buffer = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    if (bytesRead === 0) {
      throw new ImportFileError(
        'file_empty',
        'This file is empty. Export your contacts again and choose the new file.',
      );
    }
    if (head.readUIntBE(0, Math.min(4, bytesRead)) === 0xd0cf11e0) throw await oldOrEncrypted(file, head);
    refuseOtherFormats(head);
    const zip = head.subarray(0, 2).toString('latin1') === 'PK' && head[2] !== undefined && head[2] < 9;
    return { kind: zip ? 'xlsx' : 'csv', head };
  } finally {
    await file.close();
  }
}

type OpenFile = Awaited<ReturnType<typeof open>>;

/** Old Excel files and encrypted new ones share a container; only its directory tells them apart. */
async function oldOrEncrypted(file: OpenFile, head: Buffer): Promise<ImportFileError> {
  const encrypted = Buffer.from('EncryptedPackage', 'utf16le');
  const sectorSize = 1 << (head.length > 32 ? head.readUInt16LE(30) : 9);
  const directory = head.length > 52 ? (head.readUInt32LE(48) + 1) * sectorSize : 0;
  const names = Buffer.alloc(8192);
  const { bytesRead } = await file.read(names, 0, names.length, directory).catch(() => ({ bytesRead: 0 }));
  return names.subarray(0, bytesRead).includes(encrypted)
    ? new ImportFileError(
        'encrypted',
        'This workbook is protected by a password. Remove the password in Excel and import it again.',
      )
    : new ImportFileError('old_excel', `This is an Excel file in the old .xls format, which we cannot read. ${saveAs}`);
}

function refuseOtherFormats(head: Buffer): void {
  const start = head
    .subarray(0, 512)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  const binary = magicNumbers.some((magic) => start.startsWith(magic));
  const markup = /^<(\?xml|!doctype|html|table|head|meta|style)/i.test(start);
  const card = /^BEGIN:VCARD/i.test(start);
  if (binary) {
    throw new ImportFileError(
      'not_a_table',
      'This is not a table of contacts. Save your contacts as a CSV or Excel (.xlsx) file and choose that file.',
    );
  }
  if (markup) {
    throw new ImportFileError(
      'not_a_table',
      `This is a web page or XML file, even if its name says otherwise. ${saveAs}`,
    );
  }
  if (card) {
    throw new ImportFileError('not_a_table', 'This is a vCard file. Export your contacts as CSV and choose that file.');
  }
}
