import { Readable } from 'node:stream';
import type { ClientBase } from 'pg';
import { lineOf, type OwnedTable, quoted } from '../tables.ts';

const AT_ONCE = 500;

/** The rows of a company in a table, a line each. However many there are, only some hundreds are held at a time. */
export function tableLines(client: ClientBase, { name, owner, columns, key }: OwnedTable, companyId: string): Readable {
  async function* lines() {
    const order = key.length === 0 ? '' : `order by ${key.map(quoted).join(', ')}`;
    await client.query(
      `declare lines no scroll cursor for
       select ${lineOf(columns)} as line from ${quoted(name)} where ${quoted(owner)} = $1 ${order}`,
      [companyId],
    );
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`fetch ${AT_ONCE} from lines`);
      if (rows.length === 0) break;
      yield `${rows.map(({ line }) => line).join('\n')}\n`;
    }
    await client.query('close lines');
  }
  return Readable.from(lines(), { objectMode: false });
}
