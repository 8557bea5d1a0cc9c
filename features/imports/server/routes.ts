import type { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { listPage } from '../../../server/platform/list.ts';
import { found, ProblemError } from '../../../server/platform/problems.ts';
import type { Caller } from '../../../server/platform/session.ts';
import { expectedVersion } from '../../../server/platform/versions.ts';
import {
  ErrorFileQuery,
  Import,
  ImportErrorPage,
  ImportErrorQuery,
  ImportPage,
  ImportParams,
  ImportQuery,
  ImportSettings,
  KeptPage,
  KeptQuery,
  Preview,
  Uploaded,
  UploadQuery,
} from '../contract.ts';
import { errorFile } from './error-file.ts';
import { largestFile } from './import-file.ts';
import { previewOf } from './preview.ts';
import { errorPage, importPage, keptPage, oneImport } from './queries.ts';
import { cancelImport, changeSettings, prepareImport, startImport, startUndo } from './service.ts';
import { receiveUpload } from './upload-parts.ts';

const config = { scope: 'company' } as const;
const params = ImportParams;

function user(caller: Caller) {
  if (caller.kind !== 'user') throw new ProblemError('no-company');
  return caller;
}

export const routes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(multipart, { limits: { files: 2, fields: 10, fieldSize: 100_000, fileSize: largestFile() + 1 } });

  for (const [path, kind] of [
    ['/api/contacts/upload-csv', 'csv'],
    ['/api/contacts/upload-excel', 'xlsx'],
  ] as const) {
    app.post(
      path,
      { config, schema: { querystring: UploadQuery, consumes: ['multipart/form-data'], response: { 201: Uploaded } } },
      async (request, reply) => {
        const { company, query } = request;
        const caller = user(request.caller);
        const upload = await receiveUpload(request);
        const fields: Record<string, string> = { ...query, ...upload.fields };
        const { made, rows } = await prepareImport(company, caller, kind, { ...upload, fields });
        const preview = await previewOf(company, made.id, rows);
        const starts = fields.start === 'true' && fields.dry_run !== 'true';
        const it = starts ? await startImport(company, caller, made.id) : made;
        return reply.code(201).send({ ...it, preview });
      },
    );
  }

  app.get(
    '/api/imports',
    { config, schema: { querystring: ImportQuery, response: { 200: ImportPage } } },
    ({ company, query }) => listPage(company, importPage(query), query),
  );

  app.get(
    '/api/imports/:import_id',
    { config, schema: { params, response: { 200: Import } } },
    async ({ company, params: { import_id } }, reply) => {
      const it = found(await company.first(oneImport({ id: import_id })));
      return reply.header('etag', `"${it.version}"`).send(it);
    },
  );

  app.put(
    '/api/imports/:import_id',
    { config, schema: { params, body: ImportSettings, response: { 200: Import } } },
    async (request) => {
      const { company, caller, body } = request;
      return changeSettings(company, user(caller), request.params.import_id, body, expectedVersion(request));
    },
  );

  app.post(
    '/api/imports/:import_id/preview',
    { config, schema: { params, response: { 200: Preview } } },
    async ({ company, params: { import_id } }) => ({ preview: await previewOf(company, import_id) }),
  );

  app.post(
    '/api/imports/:import_id/start',
    { config, schema: { params, response: { 202: Import } } },
    async ({ company, caller, params: { import_id } }, reply) =>
      reply.code(202).send(await startImport(company, user(caller), import_id)),
  );

  app.post(
    '/api/imports/:import_id/cancel',
    { config, schema: { params, response: { 200: Import } } },
    async ({ company, params: { import_id } }) => cancelImport(company, import_id),
  );

  app.post(
    '/api/imports/:import_id/undo',
    { config, schema: { params, response: { 202: Import } } },
    async ({ company, params: { import_id } }, reply) => reply.code(202).send(await startUndo(company, import_id)),
  );

  app.get(
    '/api/imports/:import_id/errors',
    { config, schema: { params, querystring: ImportErrorQuery, response: { 200: ImportErrorPage } } },
    async ({ company, params: { import_id }, query }) => {
      found(await company.first(oneImport({ id: import_id })));
      return listPage(company, errorPage(import_id, query.failed), query);
    },
  );

  app.get(
    '/api/imports/:import_id/errors.csv',
    {
      config,
      schema: { params, querystring: ErrorFileQuery, response: { 200: Type.Unsafe<Readable>({ type: 'string' }) } },
    },
    async ({ company, params: { import_id }, query: { language = 'en' } }, reply) => {
      const { headers } = found(await company.first(oneImport({ id: import_id })));
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="import-errors.csv"')
        .send(errorFile(company, import_id, headers, language));
    },
  );

  app.get(
    '/api/imports/:import_id/kept',
    { config, schema: { params, querystring: KeptQuery, response: { 200: KeptPage } } },
    async ({ company, params: { import_id }, query }) => {
      found(await company.first(oneImport({ id: import_id })));
      return listPage(company, keptPage(import_id), query);
    },
  );
};
