import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Change } from '../../../server/platform/events.ts';
import type { Sessions } from '../../../server/platform/session.ts';
import type { Door } from '../../../server/tenancy/door.ts';
import { mayHear } from './audience.ts';
import { type Presence, STAYS, type Viewer } from './presence.ts';
import type { Seats } from './seats.ts';
import { isVisible, type Member } from './visible.ts';
import { understand, type Viewable } from './words.ts';

/** Milliseconds: to say who one is; between looks at whether the session still stands. */
const INTRODUCTION = 5_000;
const RECHECK = 5_000;
/** Bytes that a reader who is too slow may have waiting. */
const PATIENCE = 1_000_000;
/** Words that a client may say in a recheck's time. */
const MOST_WORDS = 30;

// Close codes of RFC 6455's private range.
export const UNAUTHENTICATED = 4401;
export const TOO_SLOW = 4408;
export const TOO_MANY = 4429;
// The protocol's own.
export const TRY_LATER = 1013;

export interface House {
  sessions: Sessions;
  door: Door;
  presence: Presence;
  seats: Seats;
}

/** One client's socket. It hears nothing before its token is proven, and nothing after its session has ended. */
export class Connection implements Viewer {
  readonly socket = randomUUID();
  #token = '';
  #member: Member | undefined;
  #seat: string | undefined;
  #viewing: { companyId: string; table: Viewable; id: string; since: number } | undefined;
  #said = 0;
  #alive = true;
  #timer: NodeJS.Timeout;
  /** One word after the other: a later one must not overtake the check of an earlier one. */
  #turn: Promise<void> = Promise.resolve();

  constructor(
    readonly wire: WebSocket,
    readonly house: House,
  ) {
    this.#timer = setTimeout(() => this.#close(UNAUTHENTICATED, 'not introduced'), INTRODUCTION);
    wire.on('message', (data) => this.#hear(String(data)));
    wire.on('pong', () => {
      this.#alive = true;
    });
    wire.on('close', () => this.#end());
    wire.on('error', () => wire.terminate());
  }

  get userId(): string {
    return this.#member?.userId ?? '';
  }

  tell(change: Change): void {
    if (this.#member === undefined || !mayHear(this.#member, change)) return;
    const { table, id, action } = change;
    this.#send({ type: 'changed', table, id, action });
  }

  tellViewers(table: string, id: string, users: string[]): void {
    if (this.#member !== undefined) this.#send({ type: 'viewers', table, id, users });
  }

  /** Messages may have been missed: what is on the screen is to be asked for anew. */
  tellGap(): void {
    if (this.#member !== undefined) this.#send({ type: 'missed' });
  }

  /** Looks at the session at once: something of it was revoked or changed. */
  recheck(): void {
    if (this.#member !== undefined) void this.#check();
  }

  /** Ends a socket that did not answer the ping before. */
  ping(): void {
    if (!this.#alive) {
      this.wire.terminate();
      return;
    }
    this.#alive = false;
    this.wire.ping();
  }

  #hear(text: string): void {
    this.#said += 1;
    if (this.#said > MOST_WORDS) {
      this.#close(TOO_MANY, 'too much talk');
      return;
    }
    this.#turn = this.#turn.then(() => this.#answer(text)).catch(() => this.#close(1011, 'try again'));
  }

  async #answer(text: string): Promise<void> {
    const words = understand(text);
    if (words?.type === 'auth') {
      this.#token = words.access_token;
      if (await this.#check()) this.#send({ type: 'ready' });
    } else if (words === undefined || this.#member === undefined) {
      this.#close(1003, 'not understood');
    } else if (words.type === 'ping') {
      this.#send({ type: 'pong' });
    } else {
      this.#leave();
      if (words.id !== null) await this.#view(this.#member, words.table, words.id);
    }
  }

  /** A record that is not there, or not theirs to see, has no viewers: the same silence for both. */
  async #view(member: Member, table: Viewable, id: string): Promise<void> {
    if (member.userId === null || !(await isVisible(this.house.door, member, table, id))) return;
    if (this.#member === undefined) return;
    this.#viewing = { companyId: member.companyId, table, id, since: Date.now() };
    this.house.presence.enter(this, member.companyId, table, id);
  }

  async #check(): Promise<boolean> {
    try {
      const caller = await this.house.sessions.callerOf(this.#token);
      if (this.wire.readyState !== this.wire.OPEN) return false;
      // A token of another company would turn this socket into a pipe between the two.
      const same =
        this.#member === undefined || (caller?.kind === 'user' && caller.companyId === this.#member.companyId);
      if (caller?.kind === 'user' && caller.companyStatus === 'active' && same) {
        if (!this.#sit(caller)) return false;
        this.#member = caller;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
          this.#said = 0;
          void this.#check();
        }, RECHECK);
        await this.#stay(caller);
        return this.#member !== undefined;
      }
    } catch {
      // The database is away: better to close than to go on without knowing. Nobody has to log in again for that.
      this.#close(TRY_LATER, 'try again later');
      return false;
    }
    this.#close(UNAUTHENTICATED, 'please log in');
    return false;
  }

  /** Speaks of a viewer who stays, as long as they still see the record. */
  async #stay(member: Member): Promise<void> {
    const viewing = this.#viewing;
    if (viewing === undefined || Date.now() - viewing.since < STAYS) return;
    viewing.since = Date.now();
    const { companyId, table, id } = viewing;
    if (!(await isVisible(this.house.door, member, table, id))) return this.#leave();
    if (this.#viewing === viewing) this.house.presence.enter(this, companyId, table, id);
  }

  #sit({ companyId, userId, actingAdmin }: Member): boolean {
    const seat = `${companyId}/${userId ?? actingAdmin}`;
    if (this.#seat === seat) return true;
    if (!this.house.seats.take(seat)) {
      this.#close(TOO_MANY, 'too many sockets');
      return false;
    }
    if (this.#seat !== undefined) this.house.seats.free(this.#seat);
    this.#seat = seat;
    return true;
  }

  #leave(): void {
    if (this.#viewing === undefined) return;
    const { companyId, table, id } = this.#viewing;
    this.#viewing = undefined;
    this.house.presence.leave(this, companyId, table, id);
  }

  #send(message: object): void {
    if (this.wire.bufferedAmount > PATIENCE) {
      this.#end();
      this.wire.terminate(); // a closing handshake would wait behind what it does not read
      return;
    }
    this.wire.send(JSON.stringify(message));
  }

  #close(code: number, reason: string): void {
    this.#end();
    this.wire.close(code, reason);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#leave();
    if (this.#seat !== undefined) this.house.seats.free(this.#seat);
    this.#seat = undefined;
    this.#member = undefined;
  }
}
