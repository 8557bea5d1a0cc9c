import pg from 'pg';
import { types } from '../columns.ts';

const { builtins } = pg.types;
const plain = types.getTypeParser(builtins.TEXT, 'text');

type Kind = 'text' | 'bare' | 'boolean' | 'time' | 'list' | 'hidden' | 'parsed';

const TEXT_LISTS: ReadonlySet<number> = new Set([1009, 1015, 2951]);

function kindOf({ name, dataTypeID }: pg.FieldDef): Kind {
  if (name.startsWith('$')) return 'hidden';
  if (dataTypeID === builtins.BOOL) return 'boolean';
  if (dataTypeID === builtins.TIMESTAMPTZ) return 'time';
  if (dataTypeID === builtins.JSON || dataTypeID === builtins.JSONB) return 'bare';
  if (dataTypeID === builtins.INT2 || dataTypeID === builtins.INT4 || dataTypeID === builtins.INT8) return 'bare';
  if (dataTypeID === builtins.DATE || types.getTypeParser(dataTypeID, 'text') === plain) return 'text';
  return TEXT_LISTS.has(dataTypeID) ? 'list' : 'parsed';
}

export interface JsonColumn {
  name: string;
  kind: Kind;
  /** `"name":`, with the comma or brace before it. */
  key: Buffer;
  keyAndNull: Buffer;
  parse: (text: string) => unknown;
}

/** How the rows of one statement become JSON. A column whose name begins with $ is not shown: see JsonRows.hidden. */
export function jsonColumns(fields: readonly pg.FieldDef[]): readonly JsonColumn[] {
  let shown = 0;
  return fields.map((field) => {
    const { name, dataTypeID } = field;
    const kind = kindOf(field);
    const key = `${shown === 0 ? '{' : ','}${JSON.stringify(name)}:`;
    if (kind !== 'hidden') shown += 1;
    const parse = types.getTypeParser(dataTypeID, 'text') as (text: string) => unknown;
    return { name, kind, key: Buffer.from(key), keyAndNull: Buffer.from(`${key}null`), parse };
  });
}

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
const [TRUE, FALSE] = [Buffer.from('true'), Buffer.from('false')];

/**
 * Rows as JSON text, written from the bytes that PostgreSQL sent: what JSON.stringify would make of the same rows as
 * objects, without a string and an object in between for every value.
 */
export class JsonRows {
  #bytes: Buffer;
  #at: number;
  readonly #ends: number[] = [];
  /** Of each row the columns whose name begins with $, as text, where there are any. */
  readonly hidden: Record<string, string | null>[] = [];

  /** `before` is what the text begins with, `size` how many bytes may be needed. */
  constructor(
    readonly before: Buffer,
    size = 2048,
  ) {
    this.#bytes = Buffer.allocUnsafe(Math.max(size, before.length));
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
    let from = at;
    this.#room(1);
    if (this.#ends.length > 0) this.#bytes[this.#at++] = COMMA;
    let shown = 0;
    for (const column of columns) {
      const length = message.readInt32BE(from);
      from += 4;
      if (column.kind !== 'hidden') shown += 1;
      if (length < 0) {
        this.#missing(column);
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

  #missing({ kind, name, keyAndNull }: JsonColumn): void {
    if (kind === 'hidden') this.#hide(name, null);
    else this.#copy(keyAndNull);
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
    this.#copy(key);
    if (kind === 'text') this.#text(message, from, to);
    else if (kind === 'bare') this.#copy(message, from, to);
    else if (kind === 'time') this.#time(message, from, to);
    else if (kind === 'boolean') this.#copy(message[from] === T_LOWER ? TRUE : FALSE);
    else if (kind !== 'list' || !this.#list(message, from, to)) this.#parsed(parse(message.toString('utf8', from, to)));
  }

  #parsed(value: unknown): void {
    this.#copy(Buffer.from(JSON.stringify(value) ?? 'null'));
  }

  #text(message: Buffer, from: number, to: number): void {
    // A control character takes six bytes: \u0001.
    this.#room((to - from) * 6 + 2);
    const bytes = this.#bytes;
    let at = this.#at;
    bytes[at++] = QUOTE;
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
    let at = this.#at;
    bytes[at++] = QUOTE;
    for (let i = from; i < to; i += 1) bytes[at++] = message[i] as number;
    bytes[this.#at + 11] = T;
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

  #copy(source: Buffer, from = 0, to = source.length): void {
    this.#room(to - from);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = from; i < to; i += 1) bytes[at++] = source[i] as number;
    this.#at = at;
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 4, this.#at + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
