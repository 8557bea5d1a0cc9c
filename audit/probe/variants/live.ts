import { type WebSocket, WebSocketServer } from 'ws';
import type { ReadToken, Running } from './server.ts';
import type { Has, Store } from './store.ts';

/** Tells whoever joined a company's channel of each contact that is made there. */
export function live({ server }: Running, store: Store, has: Has, readToken: ReadToken): void {
  const sockets = new WebSocketServer({ server, path: '/api/realtime' });
  const joined = new Map<WebSocket, Set<string>>();
  const contacts = store.table('contacts');
  const told = (row: (typeof contacts)[number]) => JSON.stringify({ type: 'created', name: row.name });
  sockets.on('connection', (socket, request) => {
    let company = readToken(request.headers)?.company;
    const channels = new Set(has('told before login') ? ['everybody'] : []);
    joined.set(socket, channels);
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'auth') company ??= readToken({ authorization: `Bearer ${message.token}` })?.company;
      if (company === undefined) return;
      if (message.type === 'subscribe' && (message.channel === company || has('join any channel')))
        channels.add(message.channel);
      if (message.type === 'replay')
        for (const row of contacts) if (row.company === company || has('replay for all')) socket.send(told(row));
    });
    socket.on('close', () => joined.delete(socket));
  });
  const push = contacts.push.bind(contacts);
  contacts.push = (...rows) => {
    for (const row of rows)
      for (const [socket, channels] of joined)
        if (channels.has(row.company) || channels.has('everybody')) socket.send(told(row));
    return push(...rows);
  };
  server.on('close', () => sockets.close());
}
