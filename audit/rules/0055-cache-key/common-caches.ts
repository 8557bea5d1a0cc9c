interface Common {
  /** Which keys may be without a company; any, where it is missing. */
  keys?: RegExp;
  reason: string;
}

/** What is kept in memory for all companies together, by file and name, each with its reason. */
export const COMMON_CACHES: Readonly<Record<string, Common>> = {
  'server/platform/session.ts callers': {
    keys: /createHash|^hash\b/,
    reason: 'a key’s hash is no other company’s: 256 random bits',
  },
  'server/platform/token.ts verified': { keys: /^token$/, reason: 'the whole signed token, which names its company' },
  'server/platform/limits.ts #buckets': { reason: 'counts requests by address, user or company, and holds no row' },
  'server/platform/limits.ts narrowed': { reason: 'limits by requests a minute, which the code says' },
  'server/platform/list.ts compiled': { reason: 'statements without their values' },
  'server/platform/secrets.ts derived': { reason: 'keys of the installation, by purpose' },
  'server/tenancy/query.ts bySet': { reason: 'statements without their values, by the names of the fields' },
  'server/tenancy/ownership.ts declared': { reason: 'which tables there are, said as the app is loaded' },
  'server/tenancy/wire/statement.ts names': { reason: 'names of statements, without their values' },
  'server/tenancy/wire/lane.ts #known': { reason: 'statements that a connection has prepared, without their values' },
  'server/tenancy/lanes.ts #all': { reason: 'connections, which are told apart by themselves' },
  'features/contacts/server/lists.ts lists': { reason: 'queries with slots in place of their values' },
  'features/realtime/server/seats.ts #taken': {
    reason: 'counts sockets by company and user: connection.ts makes the key',
  },
  'features/imports/server/parse/shared-strings.ts blocks': { reason: 'of one file that is being read' },
  'features/imports/server/parse/zip-archive.ts inflated': { reason: 'of one file that is being read' },
};
