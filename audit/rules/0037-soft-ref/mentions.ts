import { type Page, pages } from '../../pages.ts';
import type { Auditor } from '../../rule.ts';
import { shapeOf } from '../../shape.ts';
import { explain, usual } from '../../walk.ts';
import type { Source } from './sources.ts';

/** A row of `tenant` names `id` in `column`. */
export interface Mention {
  column: string;
  tenant: string;
  id: string;
}

const uuid = '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}';
/** So many rows of a large table are read where it has no key to walk along. */
const enough = 10_000;

/**
 * The ids that a table's rows name, page by page, each once for a tenant and a column of a page.
 * @returns what was not looked at, if anything
 */
export async function* mentionsIn(
  auditor: Auditor,
  { table, tenant, columns }: Source,
  after: string[] | null,
): AsyncGenerator<Page<Mention>, string | undefined> {
  const { limits, client } = auditor;
  const shape = await shapeOf(auditor, table);
  const small = shape.rows < (limits.batch ?? usual.batch);
  const percent = limits.sample ?? (shape.key.length === 0 ? (enough / shape.rows) * 100 : 100);
  const names = columns.map(({ name }, i) => `t.${name}::text as v${i}`);
  const values = columns.map(({ name }, i) => `(${client.escapeLiteral(name)}, v${i}, ${columns[i]?.uuid})`).join(', ');
  const from = `cross join lateral (values ${values}) v (name, value, whole)
    cross join lateral (
      select lower(v.value) as id where v.whole and v.value is not null
      union all
      select lower(found[1]) from regexp_matches(v.value, '${uuid}', 'g') found where not v.whole and strpos(v.value, '-') > 0
    ) said where tenant is not null`;
  const select = ['v.name as column', 'tenant', 'said.id'];
  const read = [`t.${tenant}::text as tenant`, ...names];
  if (shape.key.length > 0 && !small && percent === 100) {
    const why = yield* pages<Mention>(auditor, { table, shape, columns: read, select, from, after });
    return why && `${table}: ${why}`;
  }
  try {
    const part = !small && percent < 100 ? `tablesample system (${percent})` : '';
    const { rows } = await client.query<Mention>(
      `with page as materialized (select ${read.join(', ')} from ${table} t ${part}) select distinct ${select.join(', ')} from page ${from}`,
    );
    yield { rows, looked: Math.round(shape.rows), after: null };
    await auditor.breathe?.();
    return part === ''
      ? undefined
      : `${table}: ids in ${percent < 1 ? percent.toPrecision(1) : Math.round(percent)} % of about ${shape.rows} rows`;
  } catch (error) {
    const why = explain(error, limits);
    if (why === undefined || !auditor.breathe) throw error;
    await auditor.breathe();
    return `${table}: ${why}`;
  }
}
