import type { Client } from 'pg';
import { planUnderWay } from './apply.ts';
import { readCatalog } from './catalog.ts';
import { tenantOf } from './classify.ts';
import { connectMigrator } from './connect.ts';
import { hasLedger } from './ledger.ts';
import { joined } from './paths.ts';
import type { Plan } from './plan.ts';
import { contentOf } from './rows.ts';
import { hush, transaction } from './run.ts';
import { ident, literal } from './sql.ts';

export interface Quarantined {
  id: number;
  table: string;
  key: Record<string, string>;
  line: Record<string, unknown>;
  /** orphan: nothing says whose it is. ambiguous, contradiction: several do. duplicate: a second one, at which others point. */
  reason: 'orphan' | 'ambiguous' | 'contradiction' | 'duplicate';
  candidates: string[];
}

export interface SetAside {
  id: number;
  table: string;
  line: Record<string, unknown>;
  reason: string;
  twin: Record<string, string> | null;
}

export type Resolution =
  /** Gives the row to a tenant. `detach` empties its references to rows of others, whose values are kept; without it such a row is refused. */
  | { to: string; detach?: boolean; privateTo?: string }
  /** Takes the whole row out, to be restored whenever it is wanted. */
  | { setAside: true };

/** The rows that wait for a person. */
export const quarantined = (url: string): Promise<Quarantined[]> =>
  reading(
    url,
    `select id::float8 as id, table_name as "table", key, line, reason, candidates from bulkhead_adopt.quarantine where resolved_at is null order by id`,
  );

/** The rows that were taken out. */
export const setAsides = (url: string): Promise<SetAside[]> =>
  reading(
    url,
    `select id::float8 as id, table_name as "table", line, reason, twin from bulkhead_adopt.set_aside where restored_at is null order by id`,
  );

async function reading<Row>(url: string, sql: string): Promise<Row[]> {
  const client = await connectMigrator(url);
  try {
    return (await hasLedger(client)) ? (await client.query(sql)).rows : [];
  } finally {
    await client.end();
  }
}

/** Decides about a row in quarantine; the next `apply` goes on from there. */
export async function resolve(url: string, id: number, resolution: Resolution): Promise<void> {
  const [refusal] = await resolveEach(url, [{ id, resolution }]);
  if (refusal) throw refusal.error;
}

/** Decides about several rows, each in a transaction of its own. Gives those that could not be decided so, and why. */
export async function resolveEach(
  url: string,
  decisions: readonly { id: number; resolution: Resolution }[],
): Promise<{ id: number; error: Error }[]> {
  const refused: { id: number; error: Error }[] = [];
  await changing(url, async (client, plan, transaction) => {
    for (const { id, resolution } of decisions) {
      await transaction(() => decide(client, plan, id, resolution)).catch((error: Error) => {
        refused.push({ id, error });
      });
    }
  });
  return refused;
}

async function decide(client: Client, plan: Plan, id: number, resolution: Resolution): Promise<void> {
  const { rows } = await client.query(
    'select * from bulkhead_adopt.quarantine where id = $1 and resolved_at is null for update',
    [id],
  );
  const [row] = rows;
  if (!row) throw new Error(`No row ${id} waits in quarantine. "bulkhead adopt quarantine" lists them.`);
  if ('to' in resolution) await give(client, plan, row, resolution);
  else await takeOut(client, row);
  await client.query(
    'update bulkhead_adopt.quarantine set resolved_at = clock_timestamp(), resolution = $2 where id = $1',
    [id, 'to' in resolution ? `given to ${resolution.to}${resolution.detach ? ', detached' : ''}` : 'set aside'],
  );
}

/** Puts a row that was set aside back where it was. */
export const restore = (url: string, id: number): Promise<void> =>
  changing(url, (client, _, transaction) =>
    transaction(async () => {
      await client.query('select bulkhead_adopt.restore($1)', [id]);
    }),
  );

/** It is over too soon to be told of. */
const tell = () => undefined;

type Transaction = (work: () => Promise<void>) => Promise<void>;

async function changing(
  url: string,
  work: (client: Client, plan: Plan, transaction: Transaction) => Promise<void>,
): Promise<void> {
  const client = await connectMigrator(url);
  try {
    const plan = await planUnderWay(client);
    if (!plan) throw new Error('No adoption of this database is under way.');
    await work(client, plan, (inside) => transaction({ client, quiet: false, tell }, inside));
  } finally {
    await client.end();
  }
}

interface Line {
  table_name: string;
  key: Record<string, string>;
  line: Record<string, unknown>;
}

async function give(
  client: Client,
  plan: Plan,
  { table_name: table, key }: Line,
  { to, detach = false, privateTo }: Extract<Resolution, { to: string }>,
): Promise<void> {
  const { decisions } = plan;
  const { tenant } = decisions;
  const where = await placeOf(client, table, key);
  const known = await client.query(`select from ${tenant.table} where ${ident(tenant.key)}::text = $1`, [to]);
  if (known.rowCount === 0) throw new Error(`${tenant.table} has no row ${to}.`);
  const columns = (await readCatalog(client)).tables.get(table)!.columns;
  const values = new Map<string, string | null>();
  for (const path of decisions.tables[table]!.paths ?? []) {
    if (path.reverse || path.columns.some((name) => values.has(name))) continue;
    const { rows } = await client.query(
      `select p.${tenantOf(decisions, path.table)}::text as other from ${table} t join ${path.table} p on ${joined(path, 't')}
       where ${where} and p.${tenantOf(decisions, path.table)}::text is distinct from $1 limit 1`,
      [to],
    );
    const [stray] = rows;
    if (!stray) continue;
    const free = path.columns.find((name) => !columns.find((c) => c.name === name)!.required);
    const says = `${path.columns.join(', ')} points at a row of ${path.table} that belongs to ${stray.other ?? 'nobody yet'}`;
    if (!detach || free === undefined) {
      throw new Error(
        `The row cannot go to ${to}: ${says}. ${free === undefined ? 'Its column may not be empty: set the row aside, or decide for the other tenant.' : 'With --detach that reference is emptied, and kept in the ledger.'}`,
      );
    }
    values.set(free, null);
  }
  if (privateTo !== undefined) values.set('private_to', privateTo);
  values.set(tenant.column, to);
  await change(client, table, key, where, values);
}

/** Changes a row at once, since one without a primary key lies elsewhere afterwards, and notes what was there, for the rollback. */
async function change(
  client: Client,
  table: string,
  key: object,
  where: string,
  values: ReadonlyMap<string, string | null>,
): Promise<void> {
  const names = [...values.keys()];
  const { rows: before } = await client.query<{ old: Record<string, string | null> }>(
    `select json_build_object(${names.map((name) => `${literal(name)}, t.${ident(name)}::text`).join(', ')}) as old from ${table} t where ${where} for update`,
  );
  // The application's triggers would date the row anew, which nobody could take back. Foreign keys stay awake.
  const wake = await hush({ client, quiet: false, tell }, [table]);
  const wanted = [...values].map(([name, value]) => `${ident(name)} = ${value === null ? 'null' : literal(value)}`);
  const { rows: after } = await client.query<{ place: string; content: string }>(
    `update ${table} t set ${wanted.join(', ')} where ${where} returning t.ctid::text as place, ${contentOf()} as content`,
  );
  if (before.length !== 1 || after.length !== 1)
    throw new Error(
      `${after.length} rows of ${table} were changed instead of one: a trigger or a rule of the table may keep it from changes.`,
    );
  await wake();
  const { place, content } = after[0]!;
  const moved = 'ctid' in key;
  const now = JSON.stringify(moved ? { ...key, ctid: place } : key);
  if (moved) {
    await client.query(
      `update bulkhead_adopt.changes set key = $3, content = case when content is not null then $4 end where table_name = $1 and key = $2`,
      [table, JSON.stringify(key), now, content],
    );
  }
  await client.query(
    `insert into bulkhead_adopt.changes (step, table_name, key, column_name, old_value, content)
     select 'resolve', $1, $2, o.key, o.value, $4 from json_each_text($3) o`,
    [table, now, JSON.stringify(before[0]!.old), moved ? content : null],
  );
}

async function takeOut(client: Client, { table_name: table, key }: Line): Promise<void> {
  const where = await placeOf(client, table, key);
  // With the application's own foreign keys awake: what others point at is not taken from under them.
  const pointers = (await readCatalog(client)).foreignKeys.filter(({ parent }) => parent === table);
  for (const { child, columns, key: to } of pointers) {
    const pairs = columns.map((name, i) => `r.${ident(name)} = t.${ident(to[i]!)}`).join(' and ');
    const { rowCount } = await client.query(
      `select from ${table} t join ${child} r on ${pairs} where ${where} limit 1`,
    );
    if (rowCount !== 0)
      throw new Error(`Rows of ${child} (${columns.join(', ')}) point at it: point them at another first.`);
  }
  const wake = await hush({ client, quiet: false, tell }, [table]);
  const { rowCount } = await client.query(
    `with gone as (delete from ${table} t where ${where} returning to_json(t) as line)
     insert into bulkhead_adopt.set_aside (table_name, key, line, reason) select $1, $2, line, 'so it was decided' from gone`,
    [table, JSON.stringify(key)],
  );
  if (rowCount !== 1)
    throw new Error(
      `${rowCount} rows of ${table} were taken out instead of one: a trigger or a rule of the table may keep it from deletion.`,
    );
  await wake();
}

/** The condition that finds the row. One without a primary key is found by where it lies, which holds until it is changed. */
async function placeOf(client: Client, table: string, key: object): Promise<string> {
  const { rows } = await client.query<{ place: string }>('select bulkhead_adopt.found_by($1) as place', [
    JSON.stringify(key),
  ]);
  const place = rows[0]!.place;
  const there = await client.query(`select from ${table} t where ${place}`);
  if (there.rowCount !== 1)
    throw new Error('The row is not there any more: apply once more, and the quarantine is written anew.');
  return place;
}
