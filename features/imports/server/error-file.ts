import { Readable } from 'node:stream';
import type { Language } from '../../../contracts/languages.ts';
import { csvWriter } from '../../../server/platform/csv-writer.ts';
import { sayerIn } from '../../../server/platform/said.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { errorHeaders } from './columns.ts';
import { errorPage } from './queries.ts';

const PAGE = 500;

/** One line for each row with a problem: what is wrong, then the row as it was, to be corrected and imported again. */
export function errorFile(
  company: Company,
  importId: string,
  headers: readonly string[],
  language: Language = 'en',
): Readable {
  const say = sayerIn(language);
  async function* lines(): AsyncGenerator<string[]> {
    yield [...errorHeaders.map(say), ...headers];
    for (let after = 0; ; ) {
      const { query } = errorPage(importId, undefined);
      const rows = await company.many(query.where('row_number', '>', after).orderBy('row_number').limit(PAGE));
      for (const { row, failed, problems, cells } of rows) {
        const each = (of: (problem: (typeof problems)[number]) => string | null) =>
          problems.map((problem) => of(problem) ?? '').join(' | ');
        yield [
          String(row),
          say(failed ? 'failed' : 'imported without this value'),
          each(({ column }) => column),
          each(({ value }) => value),
          each(({ message }) => say(message)),
          ...cells,
        ];
      }
      if (rows.length < PAGE) return;
      after = rows.at(-1)?.row ?? after;
    }
  }
  const writer = csvWriter();
  Readable.from(lines())
    .on('error', (error) => writer.destroy(error))
    .pipe(writer);
  return writer as unknown as Readable;
}
