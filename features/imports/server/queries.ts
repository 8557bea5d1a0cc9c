import { sql } from 'kysely';
import type { DB } from '../../../db/types.ts';
import { q, statement } from '../../../server/tenancy/query.ts';
import type { Column, ImportQuery } from '../contract.ts';

const progress = [
  'imports.rows_total',
  'imports.rows_done',
  'imports.rows_created',
  'imports.rows_updated',
  'imports.rows_skipped',
  'imports.rows_failed',
  'imports.rows_with_warnings',
  'imports.contacts_undone',
  'imports.contacts_kept',
] as const;
const importColumns = [
  'imports.id',
  'imports.user_id',
  'imports.status',
  'imports.kind',
  'imports.file_name',
  'imports.file_bytes',
  'imports.source',
  sql<string[]>`imports.headers`.as('headers'),
  sql<Column[]>`imports.mapping`.as('mapping'),
  'imports.mode',
  'imports.match_by',
  'imports.default_status',
  'imports.contact_owner_id as owner_id',
  'imports.tags',
  'imports.default_country',
  'imports.failure_code',
  'imports.failure_message',
  ...progress,
  'imports.started_at',
  'imports.finished_at',
  'imports.created_at',
  'imports.updated_at',
  'imports.version',
] as const;

export const importList = ({ status }: ImportQuery) => {
  const query = q.selectFrom('imports').select(importColumns);
  return status === undefined ? query : query.where('status', '=', status);
};

export const importPage = (query: ImportQuery) =>
  ({
    name: 'imports',
    table: 'imports',
    query: importList(query),
    sorts: { created_at: { sql: 'imports.created_at', type: 'timestamptz', field: 'created_at' } },
    defaultSort: '-created_at',
  }) as const;

export const oneImport = statement(['id'], (slot) =>
  q.selectFrom('imports').select(importColumns).where('id', '=', slot.id),
);

export interface NewImport {
  kind: 'csv' | 'xlsx';
  file_name: string;
  file_key: string;
  file_bytes: number;
  file_hash: Buffer;
  source: string;
  headers: string[];
  mapping: Column[];
  mode: 'skip' | 'update' | 'create';
  match_by: 'email' | 'phone';
  contact_owner_id: string | null;
}

export const json = <T>(value: T) => sql<never>`${JSON.stringify(value)}::jsonb`;

export const insertImport = ({ headers, mapping, ...fields }: NewImport) =>
  q
    .insertInto('imports')
    .values({ ...fields, headers: json(headers), mapping: json(mapping) })
    .returning(importColumns);

export interface SettingsChange {
  mapping?: Column[];
  mode?: 'skip' | 'update' | 'create';
  match_by?: 'email' | 'phone';
  default_status?: DB['contacts']['status'] extends { __select__: infer S } ? S : never;
  contact_owner_id?: string | null;
  tags?: string[];
  default_country?: string | null;
}

/** No row where the import has begun. */
export function changeImport(id: string, { mapping, ...change }: SettingsChange, version: number | undefined) {
  const query = q
    .updateTable('imports')
    .set({ ...change, ...(mapping === undefined ? {} : { mapping: json(mapping) }) } as never)
    .where('id', '=', id)
    .where('status', '=', 'ready');
  return (version === undefined ? query : query.where('version', '=', version)).returning(importColumns);
}

type From = 'ready' | 'queued' | 'running' | 'finished' | 'failed' | 'cancelled' | 'undo_queued' | 'undoing' | 'undone';

/** Moves an import on, if it is where it can be moved on from. */
export const moveImport = (id: string, from: readonly From[], to: From) =>
  q
    .updateTable('imports')
    .set({
      status: to,
      ...(to === 'queued' || to === 'undo_queued' ? { failure_code: null, failure_message: null } : {}),
      ...(to === 'cancelled' || to === 'finished' || to === 'undone' ? { finished_at: sql`now()` } : {}),
    })
    .where('id', '=', id)
    .where('status', 'in', from)
    .returning(importColumns);

export const failImport = (id: string, code: string, message: string) =>
  q
    .updateTable('imports')
    .set({ status: 'failed', failure_code: code, failure_message: message, finished_at: sql`now()` })
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running']);

/** What a job has to know of the file, besides the settings. */
export const importFile = (id: string) =>
  q
    .selectFrom('imports')
    .select(['id', 'kind', 'file_name', 'file_key', 'file_hash', 'position', 'rows_total'])
    .where('id', '=', id);

/** Cancels imports that were prepared long ago and never started. */
export const cancelForgotten = (days: number) =>
  q
    .updateTable('imports')
    .set({ status: 'cancelled', finished_at: sql`now()` })
    .where('status', '=', 'ready')
    .where('updated_at', '<', sql<string>`now() - make_interval(days => ${days}::int)`);

/** Which of these files an import may still read: one that failed can be started again, for some days. */
export const neededFiles = (keys: readonly string[], days: number) =>
  q
    .selectFrom('imports')
    .select('file_key')
    .where('file_key', '=', sql<string>`any (${keys}::text[])`)
    .where((e) =>
      e.or([
        e('status', 'in', ['ready', 'queued', 'running']),
        e.and([
          e('status', '=', 'failed'),
          e('updated_at', '>=', sql<string>`now() - make_interval(days => ${days}::int)`),
        ]),
      ]),
    );

export const setTotal = (id: string, total: number) =>
  q.updateTable('imports').set({ rows_total: total }).where('id', '=', id);

/** Two workers on one import would meet here: the second waits, and then finds that the first has moved on. */
export const lockImport = statement(['id'], (slot) =>
  q.selectFrom('imports').select(['status', 'position']).where('id', '=', slot.id).forUpdate(),
);

/** Until the transaction ends a trigram index may leave 4 MB of entries for later: to take them in together is far cheaper. */
export const leaveMorePending = statement([], () =>
  q.selectNoFrom(sql<string>`set_config('gin_pending_list_limit', '4MB', true)`.as('limit')),
);

export interface Tally {
  created: number;
  updated: number;
  skipped: number;
  failed: number;
  warnings: number;
}

export const advance = statement(
  ['id', 'position', 'done', 'created', 'updated', 'skipped', 'failed', 'warnings'],
  (slot) =>
    q
      .updateTable('imports')
      .set((e) => ({
        position: slot.position,
        rows_done: e('rows_done', '+', slot.done),
        rows_created: e('rows_created', '+', slot.created),
        rows_updated: e('rows_updated', '+', slot.updated),
        rows_skipped: e('rows_skipped', '+', slot.skipped),
        rows_failed: e('rows_failed', '+', slot.failed),
        rows_with_warnings: e('rows_with_warnings', '+', slot.warnings),
      }))
      .where('id', '=', slot.id),
);

export function errorList(importId: string, failed: boolean | undefined) {
  const query = q
    .selectFrom('import_errors')
    .select([
      'import_errors.id',
      'import_errors.row_number as row',
      'import_errors.failed',
      sql<{ column: string | null; field: string | null; code: string; message: string; value: string | null }[]>`
        import_errors.problems`.as('problems'),
      sql<string[]>`import_errors.cells`.as('cells'),
    ])
    .where('import_id', '=', importId);
  return failed === undefined ? query : query.where('failed', '=', failed);
}

const byRow = (table: string) => ({ row: { sql: `${table}.row_number`, type: 'integer', field: 'row' } });

export const errorPage = (importId: string, failed: boolean | undefined) =>
  ({
    name: `errors of ${importId}`,
    table: 'import_errors',
    query: errorList(importId, failed),
    sorts: byRow('import_errors'),
    defaultSort: 'row',
  }) as const;

export const keptPage = (importId: string) =>
  ({
    name: `kept of ${importId}`,
    table: 'import_changes',
    query: q
      .selectFrom('import_changes')
      .select([
        'import_changes.id',
        'import_changes.row_number as row',
        'import_changes.contact_id',
        'import_changes.action',
        sql<'partly' | 'kept'>`import_changes.undo`.as('undo'),
        sql<string>`import_changes.undo_reason`.as('reason'),
      ])
      .where('import_id', '=', importId)
      .where('undo', 'in', ['partly', 'kept']),
    sorts: byRow('import_changes'),
    defaultSort: 'row',
  }) as const;
