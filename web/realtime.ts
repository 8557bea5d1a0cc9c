import { queries } from './queries.ts';
import { session } from './session/session.ts';

interface Changed {
  type: 'changed';
  table: string;
  id: string;
  action: 'created' | 'updated' | 'deleted';
}

type Message = Changed | { type: 'ready' } | { type: 'missed' };

/** The server's word for a session that is over, or a token that is. */
const UNAUTHENTICATED = 4401;
const GATHER_MS = 200;
const LONGEST_WAIT_MS = 30_000;

let socket: WebSocket | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let failures = 0;
let wasReady = false;
const changedTables = new Set<string>();

function flush() {
  const tables = new Set(changedTables);
  const isAbout = (table: unknown) => typeof table === 'string' && tables.has(table);
  void queries.invalidateQueries({
    predicate: ({ queryKey, meta }) => isAbout(queryKey[0]) || (meta?.tables?.some(isAbout) ?? false),
  });
  changedTables.clear();
}

function onChanged({ table }: Changed) {
  // An import changes thousands of rows; one refetch shows them all.
  if (changedTables.size === 0) setTimeout(flush, GATHER_MS);
  changedTables.add(table);
}

/** Changes are told within a company; the platform's staff have none. */
const listens = () => session.user()?.company_id != null;

function hear(message: Message) {
  if (message.type === 'changed') return onChanged(message);
  // What changed while the line was down was not heard.
  const isGap = message.type === 'missed' || wasReady;
  if (message.type === 'ready') {
    wasReady = true;
    failures = 0;
  }
  if (isGap) void queries.invalidateQueries();
}

function later() {
  if (!listens() || retry) return;
  const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures) * (0.5 + Math.random() / 2);
  failures += 1;
  retry = setTimeout(() => {
    retry = undefined;
    void connect();
  }, wait);
}

async function connect() {
  const token = await session.token().catch(() => undefined);
  if (socket) return;
  if (!token) return later();
  const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/realtime`);
  socket = opened;
  opened.onopen = () => {
    opened.send(JSON.stringify({ type: 'auth', access_token: token }));
  };
  opened.onmessage = ({ data }) => {
    if (socket === opened) hear(JSON.parse(String(data)) as Message);
  };
  opened.onclose = ({ code }) => {
    if (socket !== opened) return;
    socket = undefined;
    // The next attempt renews the token; where the session itself is over, it finds out and leads to the login.
    if (code === UNAUTHENTICATED) session.distrust();
    later();
  };
}

function disconnect() {
  const closing = socket;
  socket = undefined;
  clearTimeout(retry);
  retry = undefined;
  failures = 0;
  wasReady = false;
  changedTables.clear();
  closing?.close();
}

/** Keeps a socket open while someone is logged in, and refetches what colleagues change. */
export function listenForChanges() {
  session.onForget(disconnect);
  session.subscribe(() => {
    if (listens() && !socket && !retry) void connect();
  });
}
