import { type Static, Type } from 'typebox';
import { Body, Id, IdParams, Nullable, OneOf, Query, Text, Timestamp } from '../../contracts/atoms.ts';
import { type Language, languages } from '../../contracts/languages.ts';
import { PageOf, PageQuery } from '../../contracts/page.ts';

export const importModes = ['skip', 'update', 'create'] as const;
export const importStatuses = [
  'ready',
  'queued',
  'running',
  'finished',
  'failed',
  'cancelled',
  'undo_queued',
  'undoing',
  'undone',
] as const;
const contactStatuses = [
  'NEW',
  'LEAD',
  'PROSPECT',
  'CONTACTED',
  'QUALIFIED',
  'UNQUALIFIED',
  'CUSTOMER',
  'INACTIVE',
] as const;

/** Field by column header; a column that is not named keeps its field, null leaves it out. */
const MappingChange = Type.Record(Type.String({ maxLength: 250 }), Nullable(Text(60, 1)), { maxProperties: 500 });

const settings = {
  mapping: MappingChange,
  mode: OneOf(importModes),
  match_by: OneOf(['email', 'phone']),
  default_status: OneOf(contactStatuses),
  owner_id: Nullable(Id),
  tags: Type.Array(Text(50, 1), { maxItems: 20, uniqueItems: true }),
  default_country: Nullable(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1, for phone numbers.' })),
};
export const ImportSettings = Type.Partial(Body(settings), { minProperties: 1, additionalProperties: false });
const fromText = Type.Optional(OneOf(['true', 'false']));
/** The text fields of the upload, or its query string. */
export const UploadQuery = Query({
  mapping: Type.Optional(Type.String({ maxLength: 100_000, description: 'JSON: field by column header.' })),
  mode: Type.Optional(settings.mode),
  match_by: Type.Optional(settings.match_by),
  start: fromText,
  dry_run: fromText,
});

const Problem = Type.Object({
  column: Nullable(Type.String()),
  field: Nullable(Type.String()),
  code: Type.String(),
  message: Type.String(),
  value: Nullable(Type.String()),
});
const Column = Type.Object({
  header: Type.String(),
  field: Nullable(Type.String()),
  confidence: Type.Number(),
  reason: Type.String(),
});
const count = Type.Integer({ minimum: 0 });

export const Import = Type.Object({
  id: Id,
  user_id: Nullable(Id),
  status: OneOf(importStatuses),
  kind: OneOf(['csv', 'xlsx']),
  file_name: Type.String(),
  file_bytes: count,
  source: Type.String(),
  headers: Type.Array(Type.String()),
  mapping: Type.Array(Column),
  mode: settings.mode,
  match_by: settings.match_by,
  default_status: settings.default_status,
  owner_id: Nullable(Id),
  tags: settings.tags,
  default_country: settings.default_country,
  failure_code: Nullable(Type.String()),
  failure_message: Nullable(Type.String()),
  rows_total: Nullable(count),
  rows_done: count,
  rows_created: count,
  rows_updated: count,
  rows_skipped: count,
  rows_failed: count,
  rows_with_warnings: count,
  contacts_undone: count,
  contacts_kept: count,
  started_at: Nullable(Timestamp),
  finished_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
});

export const PreviewRow = Type.Object({
  row: count,
  outcome: OneOf(['created', 'updated', 'skipped', 'failed']),
  cells: Type.Array(Type.String(), { description: 'The row as the file has it.' }),
  contact: Type.Record(Type.String(), Type.Unknown()),
  problems: Type.Array(Problem),
});
const preview = { preview: Type.Array(PreviewRow) };
export const Preview = Type.Object(preview);
export const Uploaded = Type.Object({ ...Import.properties, ...preview });

export const ImportParams = IdParams('import_id');
export const ImportQuery = Query({ ...PageQuery, status: Type.Optional(OneOf(importStatuses)) });
export const ImportPage = PageOf(Import);
export const ImportErrorQuery = Query({ ...PageQuery, failed: Type.Optional(Type.Boolean()) });
export const ImportErrorPage = PageOf(
  Type.Object({
    id: Id,
    row: count,
    failed: Type.Boolean({ description: 'False: imported, but without the cells that are named.' }),
    problems: Type.Array(Problem),
    cells: Type.Array(Type.String()),
  }),
);
/** In which what is wrong is told; programs read English. */
export const ErrorFileQuery = Query({
  language: Type.Optional(OneOf(Object.keys(languages) as Language[])),
});
export const KeptQuery = Query(PageQuery);
export const KeptPage = PageOf(
  Type.Object({
    id: Id,
    row: count,
    contact_id: Id,
    action: OneOf(['created', 'updated']),
    undo: OneOf(['partly', 'kept']),
    reason: Type.String({ description: 'Why it was not undone, or which fields were not.' }),
  }),
);

export type Problem = Static<typeof Problem>;
export type Column = Static<typeof Column>;
export type ImportSettings = Static<typeof ImportSettings>;
export type ImportMode = (typeof importModes)[number];
export type ImportQuery = Static<typeof ImportQuery>;
export type PreviewRow = Static<typeof PreviewRow>;
