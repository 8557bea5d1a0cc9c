import type { Look } from '../../../server/platform/events.ts';

/** A client that looks at a record, on this process. */
export interface Viewer {
  readonly socket: string;
  readonly userId: string;
  tellViewers(table: string, id: string, users: string[]): void;
}

interface Seen {
  userId: string;
  at: number;
}

interface Looked {
  companyId: string;
  table: string;
  id: string;
  /** This process's own; remote ones are in `seen` only. */
  local: Map<string, Viewer>;
  seen: Map<string, Seen>;
}

/** How often a client that stays is spoken of again, and when one that is not is forgotten: its process may have died. */
export const STAYS = 15_000;
const FORGET = 40_000;

/**
 * Who looks at which record, told to those who look at it too. A record is known here while a client of this process
 * looks at it; who comes is told of, and answered by, the other processes' clients. The key begins with the company.
 */
export class Presence {
  readonly #records = new Map<string, Looked>();

  constructor(readonly publish: (look: Look) => void) {}

  enter(viewer: Viewer, companyId: string, table: string, id: string): void {
    const key = keyOf(companyId, table, id);
    const record = this.#records.get(key) ?? { companyId, table, id, local: new Map(), seen: new Map() };
    this.#records.set(key, record);
    const look = record.local.has(viewer.socket) ? 'stays' : 'came';
    record.local.set(viewer.socket, viewer);
    this.publish({ look, companyId, table, id, userId: viewer.userId, socket: viewer.socket });
  }

  leave(viewer: Viewer, companyId: string, table: string, id: string): void {
    const record = this.#records.get(keyOf(companyId, table, id));
    if (record === undefined || !record.local.delete(viewer.socket)) return;
    this.publish({ look: 'left', companyId, table, id, userId: viewer.userId, socket: viewer.socket });
    if (record.local.size === 0) this.#records.delete(keyOf(companyId, table, id));
  }

  /** What any process, this one too, says of a record. */
  hear({ look, companyId, table, id, userId, socket }: Look): void {
    const record = this.#records.get(keyOf(companyId, table, id));
    if (record === undefined) return;
    const before = usersOf(record);
    if (look === 'left') record.seen.delete(socket);
    else record.seen.set(socket, { userId, at: Date.now() });
    for (const [other, { at }] of record.seen) if (at < Date.now() - FORGET) record.seen.delete(other);
    if (look === 'came') {
      for (const viewer of record.local.values()) {
        if (viewer.socket === socket) continue;
        this.publish({ look: 'stays', companyId, table, id, userId: viewer.userId, socket: viewer.socket });
      }
    }
    const users = usersOf(record);
    if (look !== 'came' && users.join() === before.join()) return;
    for (const viewer of record.local.values()) {
      const others = users.filter((user) => user !== viewer.userId);
      viewer.tellViewers(table, id, others);
    }
  }
}

const keyOf = (companyId: string, table: string, id: string): string => `${companyId}/${table}/${id}`;
const usersOf = ({ seen }: Looked): string[] => [...new Set([...seen.values()].map(({ userId }) => userId))].sort();
