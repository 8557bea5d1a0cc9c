import pg from 'pg';

/** Why a database could not be opened, in words that say what to do; undefined for an error of another kind. */
export function unreachable(error: unknown, url: string): string | undefined {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const where = placeOf(url);
  if (where === undefined)
    return `${url} is no address of a database: it reads postgresql://user:password@host:5432/database.`;
  const { host, user, database } = where;
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return `Nothing answers at ${host}: is PostgreSQL running there, and reachable from here?`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `There is no host ${host}.`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${host} does not answer: a firewall may be in between.`;
    case '28P01':
    case '28000':
      return `${host} does not let ${user} in: ${message}.`;
    case '3D000':
      return `There is no database ${database} at ${host}.`;
    case '42501':
      return `${user} lacks a right to look: ${message}. The auditor has to read every table: grant pg_read_all_data to ${user}; alter role ${user} bypassrls.`;
    default:
      return /SSL|certificate|SASL/i.test(message) ? `${host} was not reached: ${message}.` : undefined;
  }
}

function placeOf(url: string): { host: string; user: string; database: string } | undefined {
  try {
    if (!/^postgres(ql)?:$/.test(new URL(url).protocol)) return undefined;
    const { host, port, user, database } = new pg.Client({ connectionString: url });
    return { host: `${host}:${port}`, user: user ?? '', database: database ?? '' };
  } catch {
    return undefined;
  }
}
