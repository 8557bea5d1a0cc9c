import { createHash } from 'node:crypto';
import type pg from 'pg';
import { expect, it } from 'vitest';
import { createWorld } from '../test/harness.ts';
import { loadDemo } from './load.ts';

const today = new Date().toISOString().slice(0, 10);
const world = await createWorld();
const other = await createWorld();
for (const { adminUrl } of [world, other]) await loadDemo({ adminUrl, today, hashes: new Map() });

const { rows: companyTables } = await world.admin.query<{ name: string }>(
  `select table_name as name from information_schema.columns
   where table_schema = 'public' and column_name = 'company_id' order by 1`,
);
const tables = companyTables.map(({ name }) => name);

async function counts(table: string): Promise<Record<string, number>> {
  const { rows } = await world.admin.query(
    `select c.name, count(x.company_id)::int from companies c left join ${table} x on x.company_id = c.id group by 1`,
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

it("has the audit case's two companies with the case's counts", async () => {
  expect((await world.admin.query('select name from companies order by name')).rows).toEqual([
    { name: 'Sunstone' },
    { name: 'nadan' },
  ]);
  expect(await counts('users')).toEqual({ nadan: 5, Sunstone: 8 });
  expect(await counts('contacts')).toEqual({ nadan: 26, Sunstone: 13 });
  expect(await counts('deals')).toEqual({ nadan: 4, Sunstone: 96 });
  expect(await counts('pipelines')).toEqual({ nadan: 1, Sunstone: 1 });
  const stages = await counts('pipeline_stages');
  expect(stages.nadan! + stages.Sunstone!).toBe(37);
});

it('gives each company an admin, a manager with a team, and reps, and each page something to show', async () => {
  const { rows } = await world.admin.query(
    `select distinct c.name, u.user_role from users u join companies c on c.id = u.company_id
     where u.user_role <> 'sales_manager' or exists (
       select from team_members m where m.company_id = u.company_id and m.user_id = u.id and m.is_lead)`,
  );
  expect(rows).toHaveLength(6);
  const shown = ['teams', 'activities', 'notes', 'notifications', 'saved_views', 'tags', 'custom_field_definitions'];
  for (const table of [...shown, 'deal_stage_history', 'invitations', 'audit_logs']) {
    const { nadan, Sunstone } = await counts(table);
    expect([nadan! > 0, Sunstone! > 0], table).toEqual([true, true]);
  }
});

it('keeps two contacts private to one user each', async () => {
  const { rows } = await world.admin.query(
    'select 1 from contacts where private_to = owner_id union all select 1 from contacts where private_to <> owner_id',
  );
  expect(rows).toHaveLength(2);
});

it('tells the same story on the same day, apart from ids', async () => {
  expect(await contentOf(world.admin)).toEqual(await contentOf(other.admin));
});

it('refers to nothing of another company', async () => {
  const { rows: users } = await world.admin.query<{ id: string; company_id: string }>(
    tables.map((table) => `select id, company_id from ${table} where id is not null`).join(' union all '),
  );
  const ownerOf = new Map(users.map(({ id, company_id }) => [id, company_id]));
  for (const table of tables) {
    const { rows } = await world.admin.query(`select company_id, to_jsonb(x)::text as text from ${table} x`);
    for (const { company_id, text } of rows) {
      const foreign = (text.match(uuids) ?? []).filter((id: string) => (ownerOf.get(id) ?? company_id) !== company_id);
      expect(foreign, table).toEqual([]);
    }
  }
});

it('dates every row before today, and ascribes every change to somebody', async () => {
  const { rows: dated } = await world.admin.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'created_at' and table_name = any ($1)`,
    [tables],
  );
  for (const { name } of dated) {
    const { rows } = await world.admin.query(
      `select * from ${name} where created_at >= $1::date and company_id is not null`,
      [today],
    );
    expect(rows, name).toEqual([]);
  }
  const { rows } = await world.admin.query(
    'select count(*) filter (where user_id is null)::int as nobody, count(*)::int as entries from audit_logs',
  );
  expect(rows[0].nobody).toBe(0);
  expect(rows[0].entries).toBeGreaterThan(1000);
});

it('moves each deal by a history without gaps, to the stage where it is', async () => {
  const { rows } = await world.admin.query(
    `select d.title, d.status, s.is_closed, s.is_won, d.stage_id = (array_agg(h.to_stage_id order by h.id desc))[1] as arrived,
       bool_and(h.seconds_in_stage is null or h.seconds_in_stage >= 0) as ordered,
       count(*) filter (where h.from_stage_id is null)::int as beginnings,
       max(h.created_at) = d.stage_entered_at as dated, (d.won_reason is not null) as won, (d.lost_reason is not null) as lost
     from deals d
     join pipeline_stages s on s.company_id = d.company_id and s.id = d.stage_id and s.deleted_at is null
     join deal_stage_history h on h.company_id = d.company_id and h.deal_id = d.id
     group by d.company_id, d.id, s.company_id, s.id`,
  );
  expect(rows).toHaveLength(100);
  for (const { title, status, is_closed, is_won, ...rest } of rows) {
    const expected = is_won ? 'won' : is_closed ? 'lost' : 'open';
    const told = { arrived: true, ordered: true, beginnings: 1, dated: true };
    expect({ title, status, ...rest }).toEqual({
      title,
      status: expected,
      ...told,
      won: expected === 'won',
      lost: expected === 'lost',
    });
  }
});

it('leaves every trigger at work', async () => {
  const { rows } = await world.admin.query(`select tgname from pg_trigger where tgenabled <> 'O'`);
  expect(rows).toEqual([]);
});

it('loads nothing where there is a company, unless it is to begin anew, which spares the other companies', async () => {
  const again = { adminUrl: other.adminUrl, today, hashes: new Map<string, string>() };
  expect(await loadDemo(again)).toBe(false);
  const before = await contentOf(other.admin);
  const bystander = await other.company('Bystander');
  await other.admin.query(`delete from notes`);
  expect(await loadDemo({ ...again, replace: true })).toBe(true);
  expect((await other.admin.query('select id from companies where name = $1', ['Bystander'])).rows).toHaveLength(1);
  await other.admin.query('delete from companies where id = $1', [bystander.id]);
  expect(await contentOf(other.admin)).toEqual(before);
}, 60_000);

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** A hash per table: ids are replaced by the hash of the row that they name, so that references count and ids do not. */
async function contentOf(client: pg.Client): Promise<Record<string, string>> {
  const labels = new Map<string, string>();
  const content: Record<string, string> = {};
  for (const pass of ['rows', 'references']) {
    for (const table of ['companies', 'login_identities', ...tables]) {
      const { rows } = await client.query(
        `select x.id, (to_jsonb(x) - 'password_changed_at')::text as text from ${table} x`,
      );
      const lines = rows.map(({ id, text }) => [
        id,
        text.replace(uuids, (found: string) => labels.get(found) ?? '').replace(/"token_hash": "[^"]*"/g, ''),
      ]);
      if (pass === 'rows') for (const [id, line] of lines) labels.set(id, hashOf([line]));
      else content[table] = hashOf(lines.map(([, line]) => line).sort());
    }
  }
  return content;
}

function hashOf(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}
