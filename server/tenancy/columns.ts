import pg from 'pg';

const { builtins } = pg.types;

/** timestamptz as ISO 8601 text, in the very form that PostgreSQL's own to_json writes. The session's zone is UTC. */
function isoTimestamp(text: string): string {
  return text.endsWith('+00') ? `${text.slice(0, 10)}T${text.slice(11, -3)}+00:00` : text;
}

const own = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, isoTimestamp],
  [builtins.DATE, (text) => text],
  [builtins.INT8, Number],
]);

/** Types as Bulkhead reads them: times as ISO text, days as text, bigint as number, numeric as decimal text. */
export const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : own.get(oid)) ?? pg.types.getTypeParser(oid, format as 'text'),
} as pg.CustomTypesConfig;

/** How the rows of one statement are read from the bytes that PostgreSQL sent. */
export interface Columns {
  /** `at` is where the values of a DataRow message begin, behind their number. */
  row(message: Buffer, at: number): object;
}

export function columnsOf(fields: readonly pg.FieldDef[]): Columns {
  const names = fields.map(({ name }) => name);
  const parsers = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text') as (text: string) => unknown);
  return {
    row(message, at) {
      const row: Record<string, unknown> = {};
      let from = at;
      for (let i = 0; i < names.length; i += 1) {
        const length = message.readInt32BE(from);
        from += 4;
        if (length < 0) {
          row[names[i] as string] = null;
        } else {
          row[names[i] as string] = (parsers[i] as (text: string) => unknown)(
            message.toString('utf8', from, from + length),
          );
          from += length;
        }
      }
      return row;
    },
  };
}
