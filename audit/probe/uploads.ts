import { workbookOf } from '../../features/contacts/server/workbook.ts';
import type { Filling } from './bodies.ts';

/** A file of a kind that upload routes take; which of them a route takes, trying tells. */
export interface Sample {
  name: string;
  type: string;
  content(rows: string[][]): Promise<Buffer>;
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const samples: readonly Sample[] = [
  {
    name: 'probe.csv',
    type: 'text/csv',
    content: async (rows) => Buffer.from(rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n')),
  },
  {
    name: 'probe.xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: async (rows) => {
      const parts: Buffer[] = [];
      for await (const part of workbookOf(one(rows))) {
        parts.push(part as Buffer);
      }
      return Buffer.concat(parts);
    },
  },
  { name: 'probe.png', type: 'image/png', content: async () => Buffer.from(PIXEL, 'base64') },
];

async function* one(rows: string[][]) {
  yield rows;
}

/** A table that names somebody by every key that an import might know them by. */
export function tableOf({ rows }: Filling): string[][] {
  const { id, email, phone } = rows.get('contacts') ?? {};
  return [
    ['Id', 'First Name', 'Last Name', 'Email', 'Phone', 'Owner Id'],
    [String(id), 'Probe', 'Person', String(email), String(phone), String(rows.get('users')?.id)],
  ];
}

/** A form as a browser sends it. */
export function form(
  file: { name: string; type: string; content: Buffer },
  fields: Readonly<Record<string, string>> = {},
): { payload: Buffer; headers: Record<string, string> } {
  const edge = 'edge-of-a-part';
  const part = (head: string, body: string | Buffer) => [`--${edge}\r\n${head}\r\n\r\n`, body, '\r\n'];
  const pieces = [
    ...Object.entries(fields).flatMap(([name, value]) => part(`content-disposition: form-data; name="${name}"`, value)),
    ...part(
      `content-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: ${file.type}`,
      file.content,
    ),
    `--${edge}--\r\n`,
  ];
  return {
    payload: Buffer.concat(pieces.map((piece) => Buffer.from(piece))),
    headers: { 'content-type': `multipart/form-data; boundary=${edge}` },
  };
}
