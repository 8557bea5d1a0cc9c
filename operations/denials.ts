import type { ClientBase } from 'pg';
import { isUuid } from './find-company.ts';
import { ownedTables, quoted } from './tables.ts';

export interface DeniedRequest {
  at: string;
  companyId: string | null;
  company: string | null;
  who: string;
  request: string;
  status: number;
  times: number;
  /** For whoever runs the platform only: it can name another company. */
  why: string;
}

interface Row {
  last_at: string;
  about_company_id: string | null;
  company: string | null;
  who: string | null;
  method: string;
  route: string;
  path: string | null;
  status: number;
  problem: string;
  detail: string | null;
  times: number;
}

/** What was refused lately and why, newest first. The reason of a 404 is looked up now: the server never asked for it. */
export async function denials(
  client: ClientBase,
  { companyId, hours, most }: { companyId: string | null; hours: number; most: number },
): Promise<DeniedRequest[]> {
  const { rows } = await client.query<Row>(
    `select d.last_at::text, d.about_company_id, c.name as company,
       coalesce(u.email::text, i.email::text, 'staff who act for the company') as who, d.method, d.route, d.path, d.status,
       d.problem, d.detail, d.times
     from denials d
     left join companies c on c.id = d.about_company_id
     left join users u on u.company_id = d.about_company_id and u.id = d.user_id
     left join login_identities i on d.about_company_id is null and i.id = d.user_id
     where ($1::uuid is null or d.about_company_id = $1) and d.last_at > now() - make_interval(hours => $2)
     order by d.last_at desc, d.id desc limit $3`,
    [companyId, hours, most],
  );
  const homes = await homesOf(client, [...new Set(rows.flatMap(({ path }) => idsIn(path)))]);
  return rows.map((row) => ({
    at: row.last_at,
    companyId: row.about_company_id,
    company: row.company,
    who: row.who ?? '',
    request: `${row.method} ${row.path ?? `${row.route} (various)`}`,
    status: row.status,
    times: row.times,
    why: row.status === 403 ? (row.detail ?? row.problem) : whyNotFound(row, homes),
  }));
}

const idsIn = (path: string | null): string[] => (path ?? '').toLowerCase().split('/').filter(isUuid);

interface Home {
  table: string;
  companyId: string;
  company: string;
}

/** In which tables of which companies rows with these ids are. */
async function homesOf(client: ClientBase, ids: readonly string[]): Promise<Map<string, Home[]>> {
  const homes = new Map<string, Home[]>();
  if (ids.length === 0) return homes;
  for (const { name, key, owner } of await ownedTables(client)) {
    if (name !== 'companies' && key.join() !== 'id') continue;
    const { rows } = await client.query<{ id: string } & Home>(
      `select t.id, '${name}' as table, c.id as "companyId", c.name as company
       from companies c cross join unnest($1::uuid[]) as wanted (id)
       join ${quoted(name)} t on t.${quoted(owner)} = c.id and t.id = wanted.id`,
      [ids],
    );
    for (const { id, ...home } of rows) homes.set(id, [...(homes.get(id) ?? []), home]);
  }
  return homes;
}

function whyNotFound({ path, about_company_id }: Row, homes: ReadonlyMap<string, Home[]>): string {
  const ids = idsIn(path);
  for (const id of ids) {
    const all = homes.get(id) ?? [];
    const foreign = all.find(({ companyId }) => companyId !== about_company_id);
    if (all.length === 0) return 'there is no such row in any company';
    if (foreign !== undefined && all.every(({ companyId }) => companyId !== about_company_id)) {
      return `the row is of another company: ${foreign.table} of ${foreign.company}`;
    }
  }
  return ids.length === 0
    ? 'there is nothing of that kind'
    : 'the row is theirs, but deleted, hidden from them, or of another kind';
}
