import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import websocket from '@fastify/websocket';
import { Connection } from './connection.ts';
import { Presence } from './presence.ts';
import { Seats } from './seats.ts';

/** Sockets that one process keeps open at most, and pings, in milliseconds, that find the dead ones. */
const MOST = 10_000;
const PING = 30_000;

/**
 * Live changes. A browser cannot give a socket an Authorization header, so the route is public and the first message
 * proves who calls: {"type":"auth","access_token":...}. Nothing is told before that.
 */
export const routes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(websocket, { options: { maxPayload: 8192 } });
  const connections = new Set<Connection>();
  const presence = new Presence((look) => app.events.publish(look));
  const house = { sessions: app.sessions, door: app.door, presence, seats: new Seats() };

  const unsubscribe = app.events.subscribe((message) => {
    if (message !== undefined && 'look' in message) return presence.hear(message);
    for (const connection of connections) {
      if (message === undefined) connection.tellGap();
      else if ('forget' in message) connection.recheck();
      else connection.tell(message);
    }
  });
  const ping = setInterval(() => {
    for (const connection of connections) connection.ping();
  }, PING);
  app.addHook('onClose', async () => {
    unsubscribe();
    clearInterval(ping);
  });

  app.get('/api/realtime', { config: { scope: 'public' }, schema: { hide: true }, websocket: true }, (socket) => {
    if (connections.size >= MOST) {
      socket.close(1013, 'try again later');
      return;
    }
    const connection = new Connection(socket, house);
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  });
};
