import pg from 'pg';

export const ident = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : pg.escapeIdentifier(name);
export const literal = (text: string): string => pg.escapeLiteral(text);
export const idents = (names: readonly string[], of = ''): string => names.map((name) => of + ident(name)).join(', ');

/** Words that PostgreSQL takes as names of columns only when they are quoted. */
const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column concurrently
  constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user default
  deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having ilike in initially inner intersect
  into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps
  placing primary references returning right select session_user similar some symmetric system_user table tablesample then to trailing true
  union unique user using variadic verbose when where window with between bigint bit boolean char character coalesce dec decimal exists
  extract float greatest grouping inout int integer interval json json_array least national nchar none normalize nullif numeric out overlay
  position precision real row setof smallint substring time timestamp treat trim values varchar`
    .split(/\s+/)
    .filter(Boolean),
);

/** An operator of the schema. With pg_catalog alone on the search path, what stands there is found by its symbol. */
export const operator = (symbol: '=' | '>' | '>=' | '<>', schema = 'pg_catalog'): string =>
  schema === 'pg_catalog' ? symbol : `operator(${schema}.${symbol})`;

/** The name of a table without its schema and quotes, to make other names of. */
export const bare = (table: string): string => table.replace(/^.*\.(?=[^.]+$)/, '').replaceAll('"', '');

/** At most 63 bytes, which is what PostgreSQL keeps of a name; long ones end in a digest of what was cut. */
export function short(name: string): string {
  if (Buffer.byteLength(name) <= 63) return name;
  let digest = 0;
  for (const letter of name) digest = (Math.imul(digest, 31) + letter.codePointAt(0)!) >>> 0;
  return `${Buffer.from(name)
    .subarray(0, 54)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')}_${digest.toString(36)}`;
}
