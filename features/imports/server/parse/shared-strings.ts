import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { limits } from './limits.ts';
import { readXml } from './xml-events.ts';
import { damaged } from './zip-archive.ts';

const blockChars = 64 * 1024;

/**
 * A workbook keeps each text once, in a table that grows with the file, so it lies on disk in blocks here and only the
 * blocks in use are in memory. Sheets name their texts roughly in order, so nearly every look-up finds its block there.
 */
export class SharedStrings {
  private readonly firsts: number[] = [];
  private readonly offsets: number[] = [0];
  private readonly blocks = new LRUCache<number, string[]>({ max: 64 });
  private pending: string[] = [];
  private pendingChars = 0;
  private count = 0;

  private constructor(private readonly file: number) {}

  static async read(chunks: AsyncIterable<Buffer> | undefined): Promise<SharedStrings> {
    const path = join(tmpdir(), `bulkhead-import-${randomUUID()}`);
    const strings = new SharedStrings(openSync(path, 'wx+', 0o600));
    // Nameless from here on, so that not even a crash leaves a customer's contacts behind.
    unlinkSync(path);
    const collect = collectStrings((text) => strings.add(text));
    try {
      if (chunks) await readXml(chunks, collect);
      strings.flush();
      return strings;
    } catch (error) {
      strings.close();
      throw error;
    }
  }

  get(index: number): string {
    if (!(index >= 0 && index < this.count)) throw damaged(`no text ${index}`);
    let low = 0;
    for (let high = this.firsts.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if (this.firsts[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    return this.block(low)[index - this.firsts[low]!]!;
  }

  close(): void {
    closeSync(this.file);
  }

  private add(text: string): void {
    this.pending.push(text);
    this.pendingChars += text.length + 1;
    if (this.pendingChars >= blockChars) this.flush();
  }

  private flush(): void {
    if (this.pending.length === 0) return;
    const bytes = Buffer.from(JSON.stringify(this.pending));
    const offset = this.offsets.at(-1)!;
    writeSync(this.file, bytes, 0, bytes.length, offset);
    this.firsts.push(this.count);
    this.offsets.push(offset + bytes.length);
    this.count += this.pending.length;
    this.pending = [];
    this.pendingChars = 0;
  }

  private block(number: number): string[] {
    const cached = this.blocks.get(number);
    if (cached) return cached;
    const offset = this.offsets[number]!;
    const bytes = Buffer.alloc(this.offsets[number + 1]! - offset);
    readSync(this.file, bytes, 0, bytes.length, offset);
    const block = JSON.parse(bytes.toString()) as string[];
    this.blocks.set(number, block);
    return block;
  }
}

/** Joins the runs of a formatted text and leaves out the reading aids (rPh) of East Asian ones. */
function collectStrings(add: (text: string) => void) {
  let text = '';
  let inText = false;
  let aids = 0;
  return {
    open(name: string) {
      if (name === 'si') text = '';
      else if (name === 'rPh') aids++;
      else if (name === 't') inText = aids === 0;
    },
    text(part: string) {
      if (inText && text.length <= limits.fieldChars) text += part;
    },
    close(name: string) {
      if (name === 't') inText = false;
      else if (name === 'rPh') aids--;
      else if (name === 'si') add(text.slice(0, limits.fieldChars + 1));
    },
  };
}
