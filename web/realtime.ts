import { queries } from './queries.ts';
import { session } from './session/session.ts';

interface Changed {
  type: 'changed';
  table: string;
  id: string;
  action: 'created' | 'updated' | 'deleted';
}

const GATHER_MS = 200;
const LONGEST_WAIT_MS = 30_000;

let socket: WebSocket | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let failures = 0;
const changedTables = new Set<string>();

function flush() {
  for (const table of changedTables) void queries.invalidateQueries({ queryKey: [table] });
  changedTables.clear();
}

function onChanged({ table }: Changed) {
  // An import changes thousands of rows; one refetch shows them all.
  if (changedTables.size === 0) setTimeout(flush, GATHER_MS);
  changedTables.add(table);
}

function later() {
  if (!session.user() || retry) return;
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
    // What changed while the line was down was not heard.
    if (failures > 0) void queries.invalidateQueries();
    failures = 0;
  };
  opened.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as Changed | { type: 'ready' | 'missed' };
    if (socket === opened && message.type === 'missed') void queries.invalidateQueries();
    if (socket === opened && message.type === 'changed') onChanged(message);
  };
  opened.onclose = () => {
    if (socket !== opened) return;
    socket = undefined;
    later();
  };
}

function disconnect() {
  const closing = socket;
  socket = undefined;
  clearTimeout(retry);
  retry = undefined;
  failures = 0;
  changedTables.clear();
  closing?.close();
}

/** Keeps a socket open while someone is logged in, and refetches what colleagues change. */
export function listenForChanges() {
  session.onForget(disconnect);
  session.subscribe(() => {
    if (session.user() && !socket && !retry) void connect();
  });
}
