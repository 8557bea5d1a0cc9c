import pg from 'pg';
import { types } from './columns.ts';
import { Lane } from './wire/lane.ts';
import { NOTHING, type Statement } from './wire/statement.ts';

export interface LaneOptions {
  config: pg.ClientConfig;
  /** Lanes for everyday load. */
  usual: number;
  /** Lanes that there may be while statements are stuck behind slow ones. */
  most: number;
  /** Milliseconds after which a lane that does not answer is given up: its server is frozen, or cut off. */
  patience: number;
}

/** Milliseconds in which no lane became free, after which the lanes count as stuck and another is opened. */
const PATIENCE = 25;
/** Statements that travel together at most: each waits for those before it. */
const BATCH = 8;
/** Milliseconds in which no lane became free, after which those who wait are told so. */
const LONGEST_WAIT = 5_000;
const SWEEP = 500;

/**
 * Connections for single statements. What arrives within one turn of the event loop is shared out among the free lanes
 * and written with one system call each; every statement still has its own Sync, so its own transaction and company.
 */
export class Lanes {
  readonly #options: LaneOptions;
  readonly #free: Lane[] = [];
  readonly #all = new Set<Lane>();
  #waiting: Statement[] = [];
  #opening = 0;
  #flushing = false;
  #lastFreed = 0;
  #waitingSince = 0;
  #sweep: NodeJS.Timeout | undefined;
  #patience: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  send(statement: Statement): void {
    if (this.#closed) {
      statement.done(new Error('Client was closed and is not queryable'), NOTHING);
      return;
    }
    if (this.#waiting.length === 0) this.#waitingSince = performance.now();
    this.#waiting.push(statement);
    this.#flushSoon();
    this.#sweep ??= setInterval(() => this.#giveUp(), SWEEP).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#patience);
    clearInterval(this.#sweep);
    await Promise.all([...this.#all].map((lane) => lane.close()));
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    const share = Math.min(BATCH, Math.ceil(this.#waiting.length / Math.max(1, this.#free.length)));
    while (this.#waiting.length > 0 && this.#free.length > 0) {
      (this.#free.pop() as Lane).write(this.#waiting.splice(0, share));
    }
    if (this.#waiting.length > 0) this.#openAnother();
  }

  #freed(lane: Lane): void {
    if (!this.#all.has(lane)) return;
    this.#lastFreed = performance.now();
    if (lane.worn) {
      this.#all.delete(lane);
      void lane.close();
    } else {
      this.#free.push(lane);
    }
    if (this.#waiting.length > 0) this.#flushSoon();
  }

  #lost(lane: Lane): void {
    this.#all.delete(lane);
    const index = this.#free.indexOf(lane);
    if (index >= 0) this.#free.splice(index, 1);
    // Whoever waited for this lane to become free needs another.
    if (this.#waiting.length > 0) this.#flushSoon();
  }

  #openAnother(): void {
    const lanes = this.#all.size + this.#opening;
    if (lanes < this.#options.usual) {
      this.#open();
      return;
    }
    if (lanes >= this.#options.most || this.#opening > 0) return;
    if (performance.now() - this.#lastFreed >= PATIENCE) {
      this.#open();
      return;
    }
    this.#patience ??= setTimeout(() => {
      this.#patience = undefined;
      if (this.#waiting.length > 0) this.#flush();
    }, PATIENCE);
  }

  #open(): void {
    this.#opening += 1;
    const client = new pg.Client({ ...this.#options.config, types });
    Lane.open(
      client,
      (lane) => this.#freed(lane),
      (lane) => this.#lost(lane),
    ).then(
      (lane) => {
        this.#opening -= 1;
        this.#all.add(lane);
        this.#free.push(lane);
        this.#flush();
      },
      (error: Error) => {
        this.#opening -= 1;
        client.end().catch(() => undefined);
        // Those who wait learn why at once; with other lanes alive they wait for one of these.
        if (this.#all.size === 0) this.#refuse(error);
      },
    );
  }

  /** PostgreSQL's own time limits end what is slow; these end what a frozen or unreachable PostgreSQL leaves unanswered. */
  #giveUp(): void {
    const now = performance.now();
    for (const lane of this.#all) {
      if (lane.isBusy && now - lane.heard > this.#options.patience) lane.giveUp();
    }
    if (this.#waiting.length === 0 || now - Math.max(this.#waitingSince, this.#lastFreed) < LONGEST_WAIT) return;
    this.#refuse(new Error('timeout exceeded when trying to connect'));
  }

  #refuse(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const statement of waiting) statement.done(error, NOTHING);
  }
}
