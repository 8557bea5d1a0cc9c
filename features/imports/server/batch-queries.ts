import { type CompiledQuery, sql } from 'kysely';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { type Compilable, q, statement } from '../../../server/tenancy/query.ts';
import { type ContactValues, type Field, fields, fieldTypes } from './contact-values.ts';

// Few sizes, so that few statements are prepared: one for every number of rows would fill the server's memory.
const SIZES = [250, 50, 10, 1] as const;

type Slots = Record<string, never>;

/** A statement of many rows as a few prepared ones. The rows that they return come in the order of those given. */
function forRows<Row extends object, Returned>(
  columns: readonly (keyof Row & string)[],
  build: (rows: Slots[]) => Compilable<Returned>,
) {
  const bySize = new Map<number, (values: Record<string, unknown>) => CompiledQuery<Returned>>();
  const sized = (size: number) => {
    let made = bySize.get(size);
    if (made === undefined) {
      const keys = Array.from({ length: size }, (_, n) => columns.map((column) => `${n} ${column}`)).flat();
      made = statement(keys, (slots) =>
        build(
          Array.from({ length: size }, (_, n) =>
            Object.fromEntries(columns.map((column) => [column, (slots as Slots)[`${n} ${column}`] as never])),
          ),
        ),
      );
      bySize.set(size, made);
    }
    return made;
  };
  return async (company: CompanyStatements, rows: readonly Row[]): Promise<Returned[]> => {
    const returned: Returned[] = [];
    for (let at = 0; at < rows.length; ) {
      const size = SIZES.find((one) => one <= rows.length - at) as number;
      const values: Record<string, unknown> = {};
      for (let n = 0; n < size; n += 1) {
        for (const column of columns) values[`${n} ${column}`] = rows[at + n]?.[column];
      }
      returned.push(...(await company.many(sized(size)(values))));
      at += size;
    }
    return returned;
  };
}

/** Creates contacts: their ids, in order. */
export const insertContacts = forRows<ContactValues, { id: string }>(fields, (rows) =>
  q
    .insertInto('contacts')
    .values(rows as never)
    .returning('id'),
);

export interface Change {
  import_id: string;
  contact_id: string;
  row_number: number;
  action: 'created' | 'updated';
  contact_version: number;
  before: Partial<ContactValues>;
  after: Partial<ContactValues>;
}

/**
 * Notes what was done to contacts, so that it can be undone. Of a contact that the import changed before, the first
 * `before` stays; one that somebody edited in between keeps its old version, and so counts as edited.
 */
export const insertChanges = forRows<Change, unknown>(
  ['import_id', 'contact_id', 'row_number', 'action', 'contact_version', 'before', 'after'],
  (rows) =>
    q
      .insertInto('import_changes')
      .values(rows as never)
      .onConflict((conflict) =>
        conflict.columns(['company_id', 'import_id', 'contact_id']).doUpdateSet({
          before: sql`case when import_changes.action = 'created' then '{}' else excluded.before || import_changes.before end`,
          after: sql`case when import_changes.action = 'created' then '{}' else import_changes.after || excluded.after end`,
          contact_version: sql`case when import_changes.contact_version = excluded.contact_version - 1
            then excluded.contact_version else import_changes.contact_version end`,
        }),
      ),
);

export interface ErrorRow {
  import_id: string;
  row_number: number;
  failed: boolean;
  problems: string;
  cells: string;
}
export const insertErrors = forRows<ErrorRow, unknown>(
  ['import_id', 'row_number', 'failed', 'problems', 'cells'],
  (rows) => q.insertInto('import_errors').values(rows as never),
);

export type CurrentContact = ContactValues & { id: string; version: number; deleted_at: string | null };

export const readContacts = (ids: readonly string[]) =>
  q
    .selectFrom('contacts')
    .select(['id', 'version', 'deleted_at', ...fields])
    .where('id', '=', sql<string>`any (${ids}::uuid[])`);

/** The contacts as they are, locked in the order of their ids so that two writers never wait for each other. */
export const lockContacts = (ids: readonly string[]) => readContacts(ids).orderBy('id').forUpdate();

type Changed = Partial<ContactValues> & { id: string };
const recordset = (columns: readonly Field[]) =>
  sql.raw(['id uuid', ...columns.map((field) => `${field} ${fieldTypes[field]}`)].join(', '));

/** Writes whole contacts in one statement: their new versions. */
export function updateContacts(contacts: readonly Changed[]) {
  const columns = fields.filter((field) => field !== 'owner_id');
  const json = JSON.stringify(contacts);
  return q
    .updateTable('contacts')
    .from(
      sql<ContactValues & { id: string }>`jsonb_to_recordset(${json}::jsonb)`.as<'n'>(sql`n(${recordset(columns)})`),
    )
    .set(Object.fromEntries(columns.map((field) => [field, sql.ref(`n.${field}`)])) as never)
    .where('contacts.deleted_at', 'is', null)
    .whereRef('contacts.id', '=', 'n.id' as never)
    .returning(['contacts.id as id', 'contacts.version as version']);
}

/** Puts contacts into the bin. */
export const binContacts = (ids: readonly string[]) =>
  q
    .updateTable('contacts')
    .set({ deleted_at: sql`now()` })
    .where('id', '=', sql<string>`any (${ids}::uuid[])`)
    .where('deleted_at', 'is', null);
