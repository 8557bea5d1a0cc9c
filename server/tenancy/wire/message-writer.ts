import { createRequire } from 'node:module';

/** How pg writes a value as text: dates, arrays and objects; buffers stay as they are. */
const prepareValue = createRequire(import.meta.url)('pg/lib/utils').prepareValue as (
  value: unknown,
) => string | Buffer | null;

export type WireValue = string | Buffer | null;

/** The values of a statement as they travel. Throws where one cannot be written, before anything of it is. */
export function wireValues(values: readonly unknown[]): readonly WireValue[] {
  if (values.length > 65_535) throw new RangeError(`a statement takes 65,535 values, not ${values.length}`);
  return values.map((value) => (typeof value === 'string' ? value : prepareValue(value)));
}

const KEPT = 1_048_576;

/** Composes messages of PostgreSQL's protocol 3.0, one after the other, into one piece of memory. */
export class MessageWriter {
  #bytes = Buffer.allocUnsafe(65_536);
  #at = 0;

  /** A copy of what was composed; the writer begins anew. */
  take(): Buffer {
    const composed = Buffer.allocUnsafe(this.#at);
    this.#bytes.copy(composed, 0, 0, this.#at);
    this.#at = 0;
    if (this.#bytes.length > KEPT) this.#bytes = Buffer.allocUnsafe(65_536);
    return composed;
  }

  parse(name: string, text: string): void {
    const start = this.#begin('P');
    this.#cstring(name);
    this.#cstring(text);
    this.#int16(0);
    this.#end(start);
  }

  /** Binds to the unnamed portal; answers come as text. */
  bind(statement: string, values: readonly WireValue[]): void {
    const start = this.#begin('B');
    this.#room(1);
    this.#bytes[this.#at++] = 0;
    this.#cstring(statement);
    this.#formats(values);
    this.#int16(values.length);
    for (const value of values) this.#value(value);
    this.#int16(0);
    this.#end(start);
  }

  describePortal(): void {
    const start = this.#begin('D');
    this.#cstring('P');
    this.#end(start);
  }

  execute(): void {
    const start = this.#begin('E');
    this.#cstring('');
    this.#int32(0);
    this.#end(start);
  }

  sync(): void {
    this.#end(this.#begin('S'));
  }

  copyFail(reason: string): void {
    const start = this.#begin('f');
    this.#cstring(reason);
    this.#end(start);
  }

  #formats(values: readonly WireValue[]): void {
    if (!values.some(Buffer.isBuffer)) {
      this.#int16(0);
      return;
    }
    this.#int16(values.length);
    for (const value of values) this.#int16(Buffer.isBuffer(value) ? 1 : 0);
  }

  #value(value: WireValue): void {
    if (value === null) {
      this.#int32(-1);
    } else if (typeof value === 'string') {
      this.#room(4 + value.length * 3);
      const length = this.#bytes.write(value, this.#at + 4);
      this.#int32(length);
      this.#at += length;
    } else {
      this.#int32(value.length);
      this.#room(value.length);
      value.copy(this.#bytes, this.#at);
      this.#at += value.length;
    }
  }

  #begin(type: string): number {
    this.#room(5);
    this.#bytes[this.#at] = type.charCodeAt(0);
    this.#at += 5;
    return this.#at;
  }

  /** Writes the length of the message, which counts itself and not its type. */
  #end(start: number): void {
    this.#bytes.writeInt32BE(this.#at - start + 4, start - 4);
  }

  /** No text of ours holds a zero byte but a hostile one, which would end early and shift all that follows. */
  #cstring(text: string): void {
    if (text.includes('\0')) throw new RangeError('a statement cannot hold a zero byte');
    this.#room(text.length * 3 + 1);
    this.#at += this.#bytes.write(text, this.#at);
    this.#bytes[this.#at++] = 0;
  }

  #int16(value: number): void {
    this.#room(2);
    this.#bytes[this.#at++] = value >> 8;
    this.#bytes[this.#at++] = value;
  }

  #int32(value: number): void {
    this.#room(4);
    this.#at = this.#bytes.writeInt32BE(value, this.#at);
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
