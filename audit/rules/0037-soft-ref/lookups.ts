import type { Auditor } from '../../rule.ts';
import type { Mention } from './mentions.ts';
import type { Target } from './targets.ts';

/** So many pages of a table are read at once where ids are looked for without an index: some hundred megabytes. */
const slice = 50_000;
const chunk = 20_000;

/**
 * The mentions that name no row of their own tenant, found by the keys' indexes. Where a column's ids were found last is
 * tried first next time, which `order` remembers.
 */
export async function withoutOwn(
  auditor: Auditor,
  targets: readonly Target[],
  mentions: readonly Mention[],
  order: Map<string, Target>,
): Promise<Mention[]> {
  const rest: Mention[] = [];
  const byColumn = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const those = byColumn.get(mention.column);
    if (those) those.push(mention);
    else byColumn.set(mention.column, [mention]);
  }
  for (const [column, those] of byColumn) {
    let left = those;
    const first = order.get(column);
    for (const target of [...(first ? [first] : []), ...targets.filter((one) => one !== first)]) {
      if (left.length === 0) break;
      const before = left.length;
      left = await notIn(auditor, target, left);
      if (left.length < before / 2) order.set(column, target);
    }
    rest.push(...left);
  }
  return rest;
}

async function notIn({ client }: Auditor, target: Target, mentions: readonly Mention[]): Promise<Mention[]> {
  const { name, id, tenant, type } = target;
  // Always by the index: a page's ids are few beside the rows of a large table.
  await client.query(
    'set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off',
  );
  const found = new Set<number>();
  for (let from = 0; from < mentions.length; from += chunk) {
    const part = mentions.slice(from, from + chunk);
    const { rows } = await client.query<{ n: number }>(
      `select u.n::int - 1 as n from unnest($1::text[]::${type}[], $2::text[]::uuid[]) with ordinality u (tenant, id, n)
      where exists (select from ${name} p where p.${tenant} = u.tenant and p.${id} = u.id)`,
      [part.map((one) => one.tenant), part.map((one) => one.id)],
    );
    for (const { n } of rows) found.add(from + n);
  }
  await client.query(
    'set local enable_seqscan = default; set local enable_hashjoin = default; set local enable_mergejoin = default',
  );
  return mentions.filter((_, n) => !found.has(n));
}

/** Which of the ids are of rows of the table, and whose those are: one pass over it, in slices, where no index helps. */
export async function ownersIn(auditor: Auditor, target: Target, ids: readonly string[]): Promise<Map<string, string>> {
  const { client, major } = auditor;
  const { name, id, tenant, byId, leaves } = target;
  const owners = new Map<string, string>();
  const look = async (from: string, some: readonly string[]) => {
    const { rows } = await client.query<{ id: string; tenant: string | null }>(
      `select ${id}::text as id, ${tenant}::text as tenant from ${from} and ${id} = any ($1::uuid[])`,
      [some],
    );
    for (const row of rows) if (row.tenant !== null) owners.set(row.id, row.tenant);
    await auditor.breathe?.();
  };
  if (byId) {
    for (let from = 0; from < ids.length; from += chunk)
      await look(`${name} where true`, ids.slice(from, from + chunk));
    return owners;
  }
  for (const { name: leaf, pages } of leaves) {
    // Before 14 a part of a table is found by reading all of it.
    const step = major < 14 ? Number.POSITIVE_INFINITY : slice;
    for (let from = 0; from <= pages; from += step) {
      const part = pages < step ? 'true' : `ctid >= '(${from},0)'::tid and ctid < '(${from + step},0)'::tid`;
      await look(`${leaf} where ${part}`, ids);
    }
  }
  return owners;
}
