import type { ClientBase } from 'pg';
import { quoted } from '../tables.ts';

interface ForeignKey {
  name: string;
  child: string;
  parent: string;
  owner: string;
  pairs: { child: string; parent: string }[];
}

const FOREIGN_KEYS = `
  select k.conname as name, c.relname as child, p.relname as parent,
    case when c.relname = 'companies' then 'id' else 'company_id' end as owner,
    (select json_agg(json_build_object('child', ca.attname, 'parent', pa.attname) order by u.place)
     from unnest(k.conkey, k.confkey) with ordinality as u (child, parent, place)
     join pg_attribute ca on ca.attrelid = k.conrelid and ca.attnum = u.child
     join pg_attribute pa on pa.attrelid = k.confrelid and pa.attnum = u.parent) as pairs
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
  where k.contype = 'f' and k.connamespace = 'public'::regnamespace
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and not a.attisdropped)
  order by 1`;

/** Rows of a company that refer to something that is not there: what foreign keys would have refused. */
export async function brokenReferences(client: ClientBase, companyId: string): Promise<string[]> {
  const { rows } = await client.query<ForeignKey>(FOREIGN_KEYS);
  const broken: string[] = [];
  for (const { name, child, parent, owner, pairs } of rows) {
    const { rows: answer } = await client.query<{ rows: string }>(
      `select count(*) as rows from ${quoted(child)} c
       where c.${quoted(owner)} = $1 and ${pairs.map((pair) => `c.${quoted(pair.child)} is not null`).join(' and ')}
         and not exists (select from ${quoted(parent)} p
           where ${pairs.map((pair) => `p.${quoted(pair.parent)} = c.${quoted(pair.child)}`).join(' and ')})`,
      [companyId],
    );
    const count = Number(answer[0]?.rows);
    if (count > 0) broken.push(`${count} rows of ${child} refer to rows of ${parent} that are not there (${name})`);
  }
  return broken;
}
