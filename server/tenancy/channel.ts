import pg from 'pg';

export interface Channel {
  /** Sends to every listener of every process, this one included. */
  send(payload: string): Promise<void>;
  close(): Promise<void>;
}

const NAME = 'bulkhead_changes';
const RETRY = 500;
/** Instead of a payload: messages were lost on their way, so every process has missed some. */
const LOST = 'lost';

/**
 * PostgreSQL's LISTEN/NOTIFY on a connection of its own, which is made again when it breaks; `onGap` is told that
 * messages may have been missed. Never part of a request's transaction: a NOTIFY would make commits wait in line.
 */
export function openChannel(
  connectionString: string,
  onMessage: (payload: string) => void,
  onGap: () => void,
): Channel {
  let client: pg.Client | undefined;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;
  let lost = false;

  async function connect(again: boolean): Promise<void> {
    const fresh = new pg.Client({ connectionString, keepAlive: true, application_name: 'bulkhead changes' });
    fresh.on('error', () => undefined);
    fresh.on('end', () => {
      client = undefined;
      if (!closed) retry = setTimeout(() => void connect(true), RETRY);
    });
    fresh.on('notification', ({ payload }) => (payload === LOST ? onGap() : onMessage(payload ?? '')));
    try {
      await fresh.connect();
      await fresh.query(`listen ${NAME}`);
      client = fresh;
      if (again) onGap();
      if (lost) {
        lost = false;
        await tell(LOST);
      }
      if (closed) await fresh.end();
    } catch {
      await fresh.end().catch(() => undefined);
    }
  }

  // A message that cannot be sent is not kept: once there is a connection, all are told that they missed something.
  async function tell(payload: string): Promise<void> {
    try {
      if (client === undefined) throw new Error('no connection');
      await client.query('select pg_notify($1, $2)', [NAME, payload]);
    } catch {
      lost = true;
    }
  }

  const first = connect(false);
  let sent: Promise<void> = first;
  return {
    send(payload) {
      sent = sent.then(() => tell(payload));
      return sent;
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      await sent;
      await client?.end();
    },
  };
}
