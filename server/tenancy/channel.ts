import pg from 'pg';

export interface Channel {
  /** Sends to every listener of every process, this one included. */
  send(payload: string): Promise<void>;
  close(): Promise<void>;
}

const NAME = 'bulkhead_changes';
const RETRY = 500;

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

  async function connect(again: boolean): Promise<void> {
    const fresh = new pg.Client({ connectionString, keepAlive: true, application_name: 'bulkhead changes' });
    fresh.on('error', () => undefined);
    fresh.on('end', () => {
      client = undefined;
      if (!closed) retry = setTimeout(() => void connect(true), RETRY);
    });
    fresh.on('notification', ({ payload }) => onMessage(payload ?? ''));
    try {
      await fresh.connect();
      await fresh.query(`listen ${NAME}`);
      client = fresh;
      if (again) onGap();
      if (closed) await fresh.end();
    } catch {
      await fresh.end().catch(() => undefined);
    }
  }

  const first = connect(false);
  return {
    async send(payload) {
      await first;
      // Without a connection the message is lost: its readers ask anew after the gap.
      await client?.query('select pg_notify($1, $2)', [NAME, payload]).catch(() => undefined);
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      await first;
      await client?.end();
    },
  };
}
