import { type Channel, openChannel } from '../tenancy/channel.ts';

/** A change that a company's other clients hear of. It names a row; what the row says, each client asks for itself. */
export interface Change {
  companyId: string;
  table: string;
  id: string;
  action: 'created' | 'updated' | 'deleted';
  /** Only clients that see this owner's records hear of it; absent: the whole company. */
  ownerId?: string | undefined;
  /** Only this user hears of it. */
  privateTo?: string | null | undefined;
}

/** A session, key, user or company whose standing changed: what is remembered of it is no longer true. */
export interface Forget {
  forget: string;
}

/** That a client looks at a record, or stopped. Only clients that look at the same record hear of it. */
export interface Look {
  look: 'came' | 'stays' | 'left';
  companyId: string;
  table: string;
  id: string;
  userId: string;
  /** The client's socket: a user may have several. */
  socket: string;
}

export type Message = Change | Forget | Look;

export interface Events {
  /** Tells every server process; returns at once, sends in batches. */
  publish(message: Message): void;
  /** `listener` gets every message; undefined means that some may have been missed. */
  subscribe(listener: (message: Message | undefined) => void): () => void;
  close(): Promise<void>;
}

/** Milliseconds for which changes are gathered before they are sent together. */
const GATHER = 20;
/** PostgreSQL refuses payloads of 8000 bytes. */
const MOST_BYTES = 7800;

/** Events within one process, for tests and tools that have no other processes to tell. */
export function localEvents(): Events {
  const listeners = new Set<(message: Message | undefined) => void>();
  return {
    publish: (message) => {
      for (const listener of listeners) listener(message);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => undefined,
  };
}

/** Events across all server processes and workers of a database. What a process publishes it also hears, once. */
export function sharedEvents(connectionString: string): Events {
  const local = localEvents();
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const channel: Channel = openChannel(
    connectionString,
    (payload) => {
      for (const message of JSON.parse(payload) as Message[]) local.publish(message);
    },
    () => local.publish(undefined as never),
  );

  async function flush(): Promise<void> {
    timer = undefined;
    const messages = waiting;
    waiting = [];
    let batch: string[] = [];
    let bytes = 2;
    for (const message of messages) {
      const size = Buffer.byteLength(message) + 1;
      if (bytes + size > MOST_BYTES) {
        await channel.send(`[${batch.join(',')}]`);
        batch = [];
        bytes = 2;
      }
      batch.push(message);
      bytes += size;
    }
    if (batch.length > 0) await channel.send(`[${batch.join(',')}]`);
  }

  return {
    publish(message) {
      waiting.push(JSON.stringify(message));
      timer ??= setTimeout(() => void flush(), GATHER);
    },
    subscribe: local.subscribe,
    async close() {
      clearTimeout(timer);
      await flush();
      await channel.close();
    },
  };
}
