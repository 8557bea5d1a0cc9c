import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { csvWriter } from '../../../server/platform/csv-writer.ts';
import { listPage } from '../../../server/platform/list.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { definitionsFor } from '../../custom-fields/server/service.ts';
import { type Contact, ContactExportQuery } from '../contract.ts';
import { asked } from './asked.ts';
import { contactPage } from './lists.ts';
import { contactColumns } from './queries.ts';
import { workbookOf } from './workbook.ts';

const BATCH = 500;
const KINDS = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

type Filters = Omit<Parameters<typeof contactPage>[0], 'fields'>;
const leftOut = new Set(['custom_fields', 'private_to', 'deleted_at', 'version']);
const fields = contactColumns
  .map((column) => column.slice('contacts.'.length) as keyof Contact)
  .filter((field) => !leftOut.has(field));

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : Array.isArray(value) ? value.join('; ') : String(value);

/** The header, then the contacts, a batch at a time by keyset: however many, a few hundred are in memory. */
async function* batches(company: Company, filters: Filters, sort: string | undefined): AsyncGenerator<string[][]> {
  const custom = (await definitionsFor(company, 'contacts')).map(({ key }) => key);
  const query = sort === undefined ? filters : { ...filters, sort };
  const list = contactPage(query, await asked(company, filters));
  yield [[...fields, ...custom.map((key) => `cf.${key}`)]];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listPage<'contacts', Contact>>> = await listPage(company, list, {
      limit: BATCH,
      ...(sort === undefined ? {} : { sort }),
      ...(cursor === null ? {} : { cursor }),
    });
    yield page.items.map((contact) => [
      ...fields.map((field) => textOf(contact[field])),
      ...custom.map((key) => textOf((contact.custom_fields as Record<string, unknown>)[key])),
    ]);
    cursor = page.next_cursor;
  } while (cursor !== null);
}

function csvOf(rows: AsyncIterable<string[][]>): Readable {
  const writer = csvWriter();
  const source = Readable.from(flat(rows));
  source.on('error', (error) => writer.destroy(error));
  writer.on('close', () => source.destroy());
  return source.pipe(writer);
}

async function* flat(rows: AsyncIterable<string[][]>): AsyncGenerator<string[]> {
  for await (const batch of rows) yield* batch;
}

/** The first batch is read before anything is answered, so that a bad filter is a 400 and no broken file. */
async function* begun<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

export const exportRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/contacts/export',
    { config: { scope: 'company' }, schema: { querystring: ContactExportQuery } },
    async ({ company: { context }, origin, query }, reply) => {
      const { format = 'csv', sort, ...filters } = query;
      // An export is logged as a change is, with where it was asked from; a read's context does not carry that.
      const company = app.door.asCompany({ ...context, request: origin });
      const rows = batches(company, filters, sort);
      const header = await rows.next();
      const first = await rows.next();
      await company.gate('log_export', ['contacts', JSON.stringify({ format, sort, filters })]);
      async function* all() {
        if (!header.done) yield header.value;
        yield* begun(first, rows);
      }
      const day = new Date().toISOString().slice(0, 10);
      return reply
        .header('content-disposition', `attachment; filename="contacts-${day}.${format}"`)
        .type(KINDS[format])
        .send(format === 'csv' ? csvOf(all()) : workbookOf(all()));
    },
  );
};
