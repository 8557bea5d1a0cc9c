import { type JsonColumn, type Piece, pieceOf } from './json-columns.ts';

const code = (character: string) => character.charCodeAt(0);
const [QUOTE, BACKSLASH, COMMA, COLON, PLUS, ZERO, SPACE] = [
  code('"'),
  code('\\'),
  code(','),
  code(':'),
  code('+'),
  code('0'),
  code(' '),
];
const [BRACE_OPEN, BRACE_CLOSE, BRACKET_OPEN, BRACKET_CLOSE] = [code('{'), code('}'), code('['), code(']')];
const [T, T_LOWER, N] = [code('T'), code('t'), code('N')];
const [TRUE, FALSE] = [pieceOf('true'), pieceOf('false')];

/** Bytes up to which a loop is faster than a call of Buffer.copy. */
const SHORT = 256;

/** Whether one of four bytes has to be escaped in JSON: below a space, a quote, a backslash. */
function needsEscape(word: number): boolean {
  const quote = word ^ 0x22222222;
  const backslash = word ^ 0x5c5c5c5c;
  // A byte that is less than what is subtracted borrows into its highest bit.
  const found =
    ((word - 0x20202020) & ~word) | ((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash);
  return (found & 0x80808080) !== 0;
}

const NO_VIEW = new DataView(new ArrayBuffer(0));
const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/**
 * Rows as JSON text, written from the bytes that PostgreSQL sent: what JSON.stringify would make of the same rows as
 * objects, without a string and an object in between for every value.
 */
export class JsonRows {
  #bytes: Buffer;
  /** Of `bytes`: four bytes are read and written as one number. */
  #view: DataView;
  #at: number;
  /** Where the row's values are read from, and a view of it. */
  #message: Buffer | undefined;
  #source: DataView = NO_VIEW;
  readonly #ends: number[] = [];
  /** Of each row the columns whose name begins with $, as text, where there are any. */
  readonly hidden: Record<string, string | null>[] = [];

  /** `before` is what the text begins with, `size` how many bytes may be needed. */
  constructor(
    readonly before: Buffer,
    size = 2048,
  ) {
    this.#bytes = Buffer.allocUnsafe(Math.max(size, before.length));
    this.#view = viewOf(this.#bytes);
    this.#at = before.copy(this.#bytes);
  }

  get size(): number {
    return this.#at;
  }

  get count(): number {
    return this.#ends.length;
  }

  /** The beginning, the first `count` rows with commas between them, and `after`; no row can be added any more. */
  text(count = this.count, after = ''): Buffer {
    // What it was read from, up to 64 kB, need not stay as long as the answer does.
    this.#message = undefined;
    this.#source = NO_VIEW;
    this.#at = this.#end(count - 1);
    this.#room(after.length * 3);
    this.#at += this.#bytes.write(after, this.#at);
    return this.#bytes.subarray(0, this.#at);
  }

  /** One row, as an object. */
  row(index: number): Record<string, unknown> {
    const start = this.#end(index - 1) + (index === 0 ? 0 : 1);
    return JSON.parse(this.#bytes.toString('utf8', start, this.#ends[index]));
  }

  #end(index: number): number {
    return index < 0 ? this.before.length : (this.#ends[index] as number);
  }

  /** Adds a row: `at` is where the values of a DataRow message begin, behind their number. */
  add(columns: readonly JsonColumn[], message: Buffer, at: number): void {
    if (this.#message !== message) {
      this.#message = message;
      this.#source = viewOf(message);
    }
    const source = this.#source;
    let from = at;
    this.#room(1);
    if (this.#ends.length > 0) this.#bytes[this.#at++] = COMMA;
    let shown = 0;
    for (let i = 0; i < columns.length; i += 1) {
      const column = columns[i] as JsonColumn;
      const length = source.getInt32(from);
      from += 4;
      if (column.kind !== 'hidden') shown += 1;
      if (length < 0) {
        if (column.kind === 'hidden') this.#hide(column.name, null);
        else this.#piece(column.keyAndNull);
      } else {
        this.#value(column, message, from, from + length);
        from += length;
      }
    }
    this.#room(2);
    if (shown === 0) this.#bytes[this.#at++] = BRACE_OPEN;
    this.#bytes[this.#at++] = BRACE_CLOSE;
    this.#ends.push(this.#at);
  }

  #hide(name: string, value: string | null): void {
    const row = this.#ends.length;
    const hidden = this.hidden[row] ?? {};
    hidden[name] = value;
    this.hidden[row] = hidden;
  }

  #value({ kind, name, key, parse }: JsonColumn, message: Buffer, from: number, to: number): void {
    if (kind === 'hidden') {
      this.#hide(name, message.toString('utf8', from, to));
      return;
    }
    this.#piece(key);
    if (kind === 'text') this.#text(message, from, to);
    else if (kind === 'bare') this.#copy(message, from, to);
    else if (kind === 'time') this.#time(message, from, to);
    else if (kind === 'boolean') this.#piece(message[from] === T_LOWER ? TRUE : FALSE);
    else if (kind !== 'list' || !this.#list(message, from, to)) this.#parsed(parse(message.toString('utf8', from, to)));
  }

  #parsed(value: unknown): void {
    const text = JSON.stringify(value) ?? 'null';
    this.#room(text.length * 3);
    this.#at += this.#bytes.write(text, this.#at);
  }

  #text(message: Buffer, from: number, to: number): void {
    this.#room(to - from + 2);
    const bytes = this.#bytes;
    const view = this.#view;
    const source = this.#source;
    let at = this.#at;
    let i = from;
    bytes[at++] = QUOTE;
    for (; i + 4 <= to; i += 4, at += 4) {
      const word = source.getInt32(i);
      if (needsEscape(word)) break;
      view.setInt32(at, word);
    }
    this.#at = at;
    this.#escaped(message, i, to);
  }

  /** What is left of a text, byte by byte, and the quote behind it. */
  #escaped(message: Buffer, from: number, to: number): void {
    // A control character takes six bytes: \u0001.
    this.#room((to - from) * 6 + 1);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = from; i < to; i += 1) {
      const byte = message[i] as number;
      if (byte === QUOTE || byte === BACKSLASH) {
        bytes[at++] = BACKSLASH;
        bytes[at++] = byte;
      } else if (byte < SPACE) {
        at += bytes.write(JSON.stringify(String.fromCharCode(byte)).slice(1, -1), at, 'latin1');
      } else {
        bytes[at++] = byte;
      }
    }
    bytes[at++] = QUOTE;
    this.#at = at;
  }

  /** `2026-03-01 08:15:00+00` as `2026-03-01T08:15:00+00:00`. */
  #time(message: Buffer, from: number, to: number): void {
    const utc = message[to - 3] === PLUS && message[to - 2] === ZERO && message[to - 1] === ZERO;
    if (!utc) {
      this.#text(message, from, to);
      return;
    }
    this.#room(to - from + 5);
    const bytes = this.#bytes;
    const start = this.#at;
    bytes[start] = QUOTE;
    this.#at = start + 1;
    this.#copy(message, from, to);
    let at = this.#at;
    bytes[start + 11] = T;
    bytes[at++] = COLON;
    bytes[at++] = ZERO;
    bytes[at++] = ZERO;
    bytes[at++] = QUOTE;
    this.#at = at;
  }

  /** `{one,two}` as `["one","two"]`; false, and nothing written, where an element is quoted, nested or missing. */
  #list(message: Buffer, from: number, to: number): boolean {
    if (message[from] !== BRACE_OPEN || message[to - 1] !== BRACE_CLOSE) return false;
    for (let i = from + 1; i < to - 1; i += 1) {
      const byte = message[i] as number;
      if (byte === QUOTE || byte === BRACE_OPEN || byte === BACKSLASH || byte < SPACE) return false;
      // A missing element is NULL without quotes: a capital N may begin it.
      if (byte === N && (message[i - 1] === COMMA || i === from + 1)) return false;
    }
    this.#room((to - from) * 3 + 2);
    const bytes = this.#bytes;
    let at = this.#at;
    bytes[at++] = BRACKET_OPEN;
    if (to - from > 2) {
      bytes[at++] = QUOTE;
      for (let i = from + 1; i < to - 1; i += 1) {
        const byte = message[i] as number;
        if (byte === COMMA) {
          bytes[at++] = QUOTE;
          bytes[at++] = COMMA;
          bytes[at++] = QUOTE;
        } else {
          bytes[at++] = byte;
        }
      }
      bytes[at++] = QUOTE;
    }
    bytes[at++] = BRACKET_CLOSE;
    this.#at = at;
    return true;
  }

  #piece({ words, length }: Piece): void {
    this.#room(words.length * 4);
    const view = this.#view;
    let at = this.#at;
    for (let i = 0; i < words.length; i += 1, at += 4) view.setInt32(at, words[i] as number);
    this.#at += length;
  }

  /** Bytes of the message as they are. */
  #copy(message: Buffer, from: number, to: number): void {
    this.#room(to - from);
    if (to - from > SHORT) {
      this.#at += message.copy(this.#bytes, this.#at, from, to);
      return;
    }
    const bytes = this.#bytes;
    const view = this.#view;
    const source = this.#source;
    let at = this.#at;
    let i = from;
    for (; i + 4 <= to; i += 4, at += 4) view.setInt32(at, source.getInt32(i));
    for (; i < to; i += 1) bytes[at++] = message[i] as number;
    this.#at = at;
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 4, this.#at + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
    this.#view = viewOf(larger);
  }
}
