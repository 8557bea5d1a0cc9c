import pg from 'pg';

/** The database that a CRM is migrated from: read as it is at one moment, and never written to. */
export interface Source {
  client: pg.Client;
  /** Tables of the schema public with their columns. */
  tables: Map<string, Set<string>>;
}

const TABLES = `
  select c.relname as name, array_agg(a.attname::text) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  group by 1 order by 1`;

export async function reading<T>(url: string, work: (source: Source) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'bulkhead migrate-from' });
  // Without a listener a lost connection ends the process; with one, the next query tells of it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(
      `begin isolation level repeatable read read only; set local timezone = 'UTC'; set local row_security = off;
       set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`,
    );
    const { rows } = await client.query<{ name: string; columns: string[] }>(TABLES);
    return await work({ client, tables: new Map(rows.map(({ name, columns }) => [name, new Set(columns)])) });
  } finally {
    await client.end();
  }
}

export type SourceRow = Record<string, unknown>;

/** A table's rows in batches. `company` is an expression over the row `t`, for a table that does not say it itself. */
export async function* batches(
  { client }: Source,
  table: string,
  company: string | undefined,
  atOnce = 500,
): AsyncGenerator<SourceRow[]> {
  const derived =
    company === undefined
      ? ''
      : ` || case when to_jsonb(t) ->> 'company_id' is null then jsonb_build_object('company_id', (${company})) else '{}' end`;
  await client.query(
    `declare rows no scroll cursor for select to_jsonb(t)${derived} as row from ${pg.escapeIdentifier(table)} t`,
  );
  for (;;) {
    const { rows } = await client.query<{ row: SourceRow }>(`fetch ${atOnce} from rows`);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await client.query('close rows');
}
