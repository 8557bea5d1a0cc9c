import { randomBytes } from 'node:crypto';
import type { Insertable, Updateable } from 'kysely';
import pg from 'pg';
import type { DB } from '../../db/types.ts';
import type { RequestOrigin } from './context.ts';
import { statementName } from './wire/statement.ts';

/** Who wrote a row of the past, for which company, and when. */
export interface Moment {
  companyId: string;
  userId: string | null;
  /** ISO 8601. */
  at: string;
  request: RequestOrigin;
}

/** Writes rows with the dates of their past. Triggers run as ever, and what they write is dated the same. */
export interface Past {
  /** A row of a company's table: its id. */
  insert<T extends keyof DB & string>(moment: Moment, table: T, row: Insertable<DB[T]>): Promise<string>;
  update<T extends keyof DB & string>(moment: Moment, table: T, id: string, change: Updateable<DB[T]>): Promise<void>;
  /** Whether there is no company yet, nor a login. */
  isEmpty(): Promise<boolean>;
  /** Removes companies, by their domains, with all that belongs to them, and a login that belongs to none. */
  remove(domains: readonly string[], superAdmin: string): Promise<void>;
  /** An id of that time, for a row that has to be known before it is there. */
  newId(at: string): string;
  /** A row of a table that belongs to no company, or to which company it belongs is in the row. */
  insertGlobal<T extends keyof DB & string>(at: string, table: T, row: Insertable<DB[T]>): Promise<string>;
}

const LOCK = 7_211_860_302;

/**
 * Writes the past of companies that are new, all of it or nothing: the demo's, and no other. The app's own role may not
 * date a row, hence the administrator's address. Waits for others who do the same, so that `work` can ask what is there.
 */
export async function writePast<T>(adminUrl: string, work: (past: Past) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await switchTouch(client, 'disable');
    await client.query(`set local role bulkhead_gate; select set_config('app.owners', '*', true)`);
    const result = await work(pastOf(client, await tablesWith(client, 'updated_at')));
    await switchTouch(client, 'enable');
    await client.query('commit');
    return result;
  } finally {
    await client.end(); // without a commit, everything is rolled back
  }
}

/** Whether there is no company yet, nor a login. */
export async function isEmpty(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    'select exists (select from companies) or exists (select from login_identities) as taken',
  );
  return !rows[0].taken;
}

/** The trigger would date every change today. */
async function switchTouch(client: pg.Client, how: 'enable' | 'disable'): Promise<void> {
  await client.query(`set local role bulkhead_owner;
    do $$
    declare target regclass;
    begin
      for target in select tgrelid from pg_trigger where tgname = 'touch' order by tgrelid loop
        execute format('alter table %s ${how} trigger touch', target);
      end loop;
    end $$`);
}

async function tablesWith(client: pg.Client, column: string): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = $1 and c.relnamespace = 'public'::regnamespace and not a.attisdropped`,
    [column],
  );
  return new Set(rows.map(({ name }) => name));
}

function pastOf(client: pg.Client, dated: Set<string>): Past {
  const run = (text: string, values: unknown[]) => client.query({ text, values, name: statementName(text) });
  let entered = '';

  async function enter({ companyId, userId, request }: Moment): Promise<void> {
    const settings = [companyId, userId ?? '', JSON.stringify(request)];
    if (settings.join() === entered) return;
    entered = settings.join();
    await run(
      `select set_config('app.company_id', $1, true), set_config('app.user_id', $2, true),
         set_config('app.request', $3, true)`,
      settings,
    );
  }

  async function insert(at: string, table: string, row: object): Promise<string> {
    const all = { id: uuid7(at), ...row, created_at: at, ...(dated.has(table) ? { updated_at: at } : {}) };
    const columns = Object.keys(all).map((name) => client.escapeIdentifier(name));
    await run(
      `insert into ${client.escapeIdentifier(table)} (${columns.join(', ')})
       values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(all),
    );
    return all.id;
  }

  /** Triggers date their rows with the transaction's own time, which no row of the past has. */
  async function dateWhatTriggersWrote({ companyId, at }: Moment, table: string, id: string): Promise<void> {
    await run(
      `update audit_logs set created_at = $3, id = $4
       where company_id = $1 and resource_id = $2 and created_at = now()`,
      [companyId, id, at, uuid7(at)],
    );
    if (table !== 'deals') return;
    await run(
      `update deal_stage_history set created_at = $3::timestamptz, id = $4, seconds_in_stage = (
         select extract(epoch from $3::timestamptz - max(earlier.created_at))::bigint
         from deal_stage_history earlier
         where earlier.company_id = $1 and earlier.deal_id = $2 and earlier.created_at < now())
       where company_id = $1 and deal_id = $2 and created_at = now()`,
      [companyId, id, at, uuid7(at)],
    );
  }

  return {
    newId: uuid7,
    isEmpty: () => isEmpty(client),
    remove: async (domains, superAdmin) => {
      await run('delete from companies where domain::text = any ($1)', [domains]);
      await run('delete from login_identities where is_super_admin and email::text = $1', [superAdmin]);
    },
    insertGlobal: insert,
    insert: async (moment, table, row) => {
      await enter(moment);
      const id = await insert(moment.at, table, { company_id: moment.companyId, ...row });
      await dateWhatTriggersWrote(moment, table, id);
      return id;
    },
    update: async (moment, table, id, change) => {
      await enter(moment);
      const all = Object.entries({ ...change, updated_at: moment.at });
      await run(
        `update ${client.escapeIdentifier(table)}
         set ${all.map(([name], i) => `${client.escapeIdentifier(name)} = $${i + 3}`).join(', ')}, version = version + 1
         where company_id = $1 and id = $2`,
        [moment.companyId, id, ...all.map(([, value]) => value)],
      );
      await dateWhatTriggersWrote(moment, table, id);
    },
  };
}

/** Lists that are sorted by id show the past in its order only when the ids are of their time. */
function uuid7(at: string): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.parse(at), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
