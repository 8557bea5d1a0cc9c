import type { WebSocket } from 'ws';
import type { Change } from '../../../server/platform/events.ts';
import type { Caller, Sessions } from '../../../server/platform/session.ts';
import { mayHear } from './audience.ts';

type Member = Extract<Caller, { kind: 'user' }>;

/** Milliseconds: to say who one is; between looks at whether the session still stands. */
const INTRODUCTION = 5_000;
const RECHECK = 5_000;
/** Bytes that a reader who is too slow may have waiting. */
const PATIENCE = 1_000_000;

// Close codes of RFC 6455's private range.
export const UNAUTHENTICATED = 4401;
const TOO_SLOW = 4408;

/** One client's socket. It hears nothing before its token is proven, and nothing after its session has ended. */
export class Connection {
  #token: string | undefined;
  #member: Member | undefined;
  #timer: NodeJS.Timeout;

  constructor(
    readonly socket: WebSocket,
    readonly sessions: Sessions,
  ) {
    this.#timer = setTimeout(() => this.#close(UNAUTHENTICATED, 'not introduced'), INTRODUCTION);
    socket.on('message', (data) => void this.#take(String(data)));
    socket.on('close', () => clearTimeout(this.#timer));
    socket.on('error', () => socket.terminate());
  }

  tell({ table, id, action, ...rest }: Change): void {
    if (this.#member === undefined || !mayHear(this.#member, { table, id, action, ...rest })) return;
    this.#send({ type: 'changed', table, id, action });
  }

  /** Messages may have been missed: what is on the screen is to be asked for anew. */
  tellGap(): void {
    if (this.#member !== undefined) this.#send({ type: 'missed' });
  }

  /** Looks at the session at once: something of it was revoked or changed. */
  recheck(): void {
    if (this.#member === undefined) return;
    clearTimeout(this.#timer);
    void this.#check();
  }

  async #take(text: string): Promise<void> {
    let message: { type?: unknown; access_token?: unknown } | null;
    try {
      message = JSON.parse(text);
    } catch {
      message = null;
    }
    if (message?.type !== 'auth' || typeof message.access_token !== 'string') {
      this.#close(1003, 'not understood');
      return;
    }
    this.#token = message.access_token;
    clearTimeout(this.#timer);
    if (await this.#check()) this.#send({ type: 'ready' });
  }

  async #check(): Promise<boolean> {
    try {
      const caller = await this.sessions.callerOf(this.#token ?? '');
      if (caller?.kind === 'user' && caller.companyStatus === 'active') {
        // A token of another company would turn this socket into a pipe between the two.
        if (this.#member !== undefined && this.#member.companyId !== caller.companyId) {
          this.#close(UNAUTHENTICATED, 'another company');
          return false;
        }
        this.#member = caller;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#check(), RECHECK);
        return true;
      }
    } catch {
      // The database is away: better to close than to go on without knowing.
    }
    this.#close(UNAUTHENTICATED, 'please log in');
    return false;
  }

  #send(message: object): void {
    if (this.socket.bufferedAmount > PATIENCE) {
      this.#close(TOO_SLOW, 'too slow');
      return;
    }
    this.socket.send(JSON.stringify(message));
  }

  #close(code: number, reason: string): void {
    this.#member = undefined;
    clearTimeout(this.#timer);
    this.socket.close(code, reason);
  }
}
