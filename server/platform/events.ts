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

export interface Events {
  /** Tells every server process; returns at once, sends in batches. */
  publish(change: Change): void;
  subscribe(listener: (change: Change) => void): () => void;
  close(): Promise<void>;
}

/** For tests and tools that have no other processes to tell. */
export function localEvents(): Events {
  const listeners = new Set<(change: Change) => void>();
  return {
    publish: (change) => {
      for (const listener of listeners) listener(change);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => undefined,
  };
}
