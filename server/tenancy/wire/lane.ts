import type { Socket } from 'node:net';
import type pg from 'pg';
import { databaseError } from './database-error.ts';
import { type Described, describedBy, NO_COLUMNS } from './described.ts';
import { JsonRows } from './json-rows.ts';
import { MessageWriter, type WireValue, wireValues } from './message-writer.ts';
import { NOTHING, type Statement, statementName } from './statement.ts';

export const SET_CONTEXT = `select set_config('app.company_id', $1, true), set_config('app.user_id', $2, true),
  set_config('app.owners', $3, true), set_config('app.request', $4, true)`;
const CONTEXT = 'set_context';

/** What this connection knows of a named statement. */
type Known = Described | 'being parsed' | 'parsed';

interface InFlight {
  statement: Statement;
  name: string;
  described: Described | undefined;
  rows: object[];
  json: JsonRows | undefined;
  rowCount: number;
  failure: Error | undefined;
  contextPending: boolean;
}

// Codes with which a prepared statement is no good any more: after a migration, or behind a pooler that took it away.
const WORN = new Set(['0A000', '26000', '42P05']);

/** Memory that is set aside for an answer before its size is known. */
const MOST_JSON = 131_072;

const writer = new MessageWriter();

/**
 * A connection that runs single statements, each with its company: set_config and the statement travel under one Sync,
 * which PostgreSQL runs as one implicit transaction. One round trip; nothing of the setting survives it; an error rolls
 * both back. Several travel behind one another. pg connects and logs in; from then on the lane speaks for itself.
 */
export class Lane {
  readonly #client: pg.Client;
  readonly #stream: Socket;
  readonly #known = new Map<string, Known>();
  readonly #onFree: (lane: Lane) => void;
  #inFlight: InFlight[] = [];
  #rest: Buffer[] = [];
  #restBytes = 0;
  /** Bytes that the message begun in `rest` needs before it can be read. */
  #needed = 0;
  /** When it was last written to, or answered, by performance.now(). */
  heard = 0;
  /** Its prepared statements are no good any more: to be closed once it is free. */
  worn = false;
  #lost = false;

  private constructor(client: pg.Client, onFree: (lane: Lane) => void) {
    this.#client = client;
    this.#onFree = onFree;
    // What pg leaves out of its types; checked against pg 8.23, which package.json pins.
    this.#stream = (client as unknown as { connection: { stream: Socket } }).connection.stream;
    this.#stream.removeAllListeners('data');
    this.#stream.on('data', (chunk: Buffer) => this.#read(chunk));
  }

  /** Connects. `onFree` is called whenever all that was written has been answered, `onLost` when the connection ends. */
  static async open(client: pg.Client, onFree: (lane: Lane) => void, onLost: (lane: Lane) => void): Promise<Lane> {
    // Without a listener an error of the connection would end the process.
    client.on('error', () => undefined);
    await client.connect();
    await client.query({ name: CONTEXT, text: SET_CONTEXT, values: ['', '', '', ''] });
    const lane = new Lane(client, onFree);
    const lost = (error?: Error) => {
      if (lane.#lost) return;
      lane.#lost = true;
      onLost(lane);
      lane.#fail(error ?? new Error('Connection terminated unexpectedly'));
    };
    client.on('error', lost);
    client.on('end', lost);
    return lane;
  }

  async close(): Promise<void> {
    await this.#client.end();
  }

  get isBusy(): boolean {
    return this.#inFlight.length > 0;
  }

  /** Ends the connection without waiting for a server that says nothing: what was under way fails. */
  giveUp(): void {
    this.#stream.destroy();
  }

  /** Writes statements with one system call; those whose values cannot be written are told so and left out. */
  write(batch: readonly Statement[]): void {
    for (const statement of batch) {
      let values: readonly WireValue[];
      try {
        values = wireValues(statement.values);
      } catch (error) {
        statement.done(error as Error, NOTHING);
        continue;
      }
      this.#compose(statement, values);
    }
    this.heard = performance.now();
    if (this.#inFlight.length > 0) this.#stream.write(writer.take());
    else this.#onFree(this);
  }

  #compose(statement: Statement, values: readonly WireValue[]): void {
    let name = statementName(statement.text);
    let known = this.#known.get(name);
    if (known === 'being parsed') {
      name = '';
      known = undefined;
    }
    writer.bind(CONTEXT, statement.settings);
    writer.execute();
    if (known === undefined) {
      writer.parse(name, statement.text);
      if (name !== '') this.#known.set(name, 'being parsed');
    }
    writer.bind(name, values);
    const described = typeof known === 'object' ? known : undefined;
    if (described === undefined) writer.describePortal();
    writer.execute();
    writer.sync();
    const json = statement.json && new JsonRows(statement.json, described?.jsonSize);
    this.#inFlight.push({
      statement,
      name,
      described,
      rows: [],
      json,
      rowCount: 0,
      failure: undefined,
      contextPending: true,
    });
  }

  #read(chunk: Buffer): void {
    this.heard = performance.now();
    let bytes = chunk;
    if (this.#restBytes > 0) {
      this.#rest.push(chunk);
      this.#restBytes += chunk.length;
      if (this.#restBytes < this.#needed) return;
      bytes = Buffer.concat(this.#rest, this.#restBytes);
      this.#rest = [];
      this.#restBytes = 0;
    }
    let at = 0;
    while (at + 5 <= bytes.length) {
      const end = at + 1 + bytes.readInt32BE(at + 1);
      if (end > bytes.length) break;
      this.#message(bytes[at] as number, bytes, at + 5, end);
      at = end;
    }
    if (at === bytes.length) return;
    const rest = bytes.subarray(at);
    this.#rest.push(rest);
    this.#restBytes = rest.length;
    this.#needed = rest.length < 5 ? 5 : 1 + rest.readInt32BE(1);
  }

  #message(type: number, bytes: Buffer, from: number, to: number): void {
    const current = this.#inFlight[0];
    if (current === undefined) return;
    switch (type) {
      case 0x44: // DataRow
        if (current.contextPending || current.described === undefined) return;
        if (current.json === undefined) current.rows.push(current.described.rows.row(bytes, from + 2));
        else current.json.add(current.described.json, bytes, from + 2);
        return;
      case 0x43: // CommandComplete
        if (current.contextPending) current.contextPending = false;
        else current.rowCount = countOf(bytes, to - 2);
        return;
      case 0x5a: // ReadyForQuery
        this.#answered(current);
        return;
      case 0x31: // ParseComplete
        if (current.name !== '') this.#known.set(current.name, 'parsed');
        return;
      case 0x54: // RowDescription
        this.#describe(current, describedBy(bytes.subarray(from, to)));
        return;
      case 0x6e: // NoData
        this.#describe(current, NO_COLUMNS);
        return;
      case 0x45: // ErrorResponse
        current.failure ??= databaseError(bytes.subarray(from, to));
        return;
      case 0x47: // CopyInResponse
        writer.copyFail('COPY does not go through the door');
        this.#stream.write(writer.take());
    }
  }

  #describe(current: InFlight, described: Described): void {
    current.described = described;
    if (current.name !== '') this.#known.set(current.name, described);
  }

  #answered(current: InFlight): void {
    const { statement, name, described, failure, rows, rowCount, json } = current;
    this.#inFlight.shift();
    if (failure !== undefined) {
      if (this.#known.get(name) === 'being parsed') this.#known.delete(name);
      if (WORN.has((failure as pg.DatabaseError).code ?? '')) this.worn = true;
    }
    if (this.#inFlight.length === 0) this.#onFree(this);
    if (json !== undefined && described !== undefined && json.size > described.jsonSize) {
      described.jsonSize = Math.min(json.size + 1024, MOST_JSON);
    }
    if (failure !== undefined) statement.done(failure, NOTHING);
    else statement.done(null, json === undefined ? { rows, rowCount } : { rows, rowCount, json });
  }

  #fail(error: Error): void {
    const cutOff = this.#inFlight;
    this.#inFlight = [];
    for (const { statement, failure } of cutOff) statement.done(failure ?? error, NOTHING);
  }
}

/** The number at the end of a command's tag: `INSERT 0 1`. `last` is the tag's last byte. */
function countOf(bytes: Buffer, last: number): number {
  let count = 0;
  let unit = 1;
  for (let at = last; ; at -= 1) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return count;
    count += digit * unit;
    unit *= 10;
  }
}
