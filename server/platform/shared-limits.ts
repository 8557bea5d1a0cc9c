import cluster from 'node:cluster';

/** So many tokens of a bucket were taken in another process. */
export type Taken = readonly [buckets: string, key: string, count: number];

/** How server processes tell each other what they let through. */
export interface LimitExchange {
  /** Processes that count together. */
  readonly processes: number;
  tell(taken: Taken): void;
  onTold(listener: (taken: Taken) => void): void;
}

interface Message {
  taken: Taken[];
}
const isMessage = (message: unknown): message is Message =>
  typeof message === 'object' && message !== null && 'taken' in message;

/** Milliseconds that news is gathered for: a burst may get through every process for so long, and is paid back after. */
const GATHER = 100;

/** For a process of a cluster; undefined where it serves alone. */
export function limitExchange(processes: number): LimitExchange | undefined {
  if (!cluster.isWorker || processes < 2) return undefined;
  let gathered: Taken[] = [];
  function send(): void {
    const message: Message = { taken: gathered };
    gathered = [];
    // A cluster that stops has closed its channels, and needs no more news.
    if (process.connected) process.send?.(message, undefined, {}, () => undefined);
  }
  return {
    processes,
    tell(taken) {
      if (gathered.push(taken) === 1) setTimeout(send, GATHER).unref();
    },
    onTold(listener) {
      process.on('message', (message) => {
        if (isMessage(message)) for (const taken of message.taken) listener(taken);
      });
    },
  };
}

/** For the process that watches over the others: passes on what each says to all others. */
export function relayLimits(): void {
  cluster.on('message', (from, message: unknown) => {
    if (!isMessage(message)) return;
    for (const worker of Object.values(cluster.workers ?? {})) {
      if (worker !== undefined && worker !== from && worker.isConnected()) worker.send(message, () => undefined);
    }
  });
}
