import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { ImportFileError } from './errors.ts';
import { limits } from './limits.ts';

export const damaged = (cause?: unknown) =>
  new ImportFileError(
    'file_damaged',
    'This workbook is damaged or incomplete. Open it in Excel, save it again as .xlsx, and import the new file.',
    {},
    cause,
  );

const tooLarge = () =>
  new ImportFileError(
    'file_too_large',
    'This workbook unpacks to far more data than we can read. Save only the sheet with your contacts as CSV and import that.',
  );

/** The parts of a zip file, read with limits that count what really comes out, whatever its headers claim. */
export class ZipArchive {
  private readonly inflated = new Map<yauzl.Entry, number>();

  private constructor(
    private readonly zip: yauzl.ZipFile,
    private readonly entries: Map<string, yauzl.Entry>,
  ) {}

  static async open(path: string): Promise<ZipArchive> {
    const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false }).catch((cause: unknown) => {
      throw damaged(cause);
    });
    try {
      const entries = new Map<string, yauzl.Entry>();
      let count = 0;
      for await (const entry of zip.eachEntry()) {
        if (++count > limits.zipEntries) throw tooLarge();
        entries.set(entry.fileName.replace(/^\//, '').toLowerCase(), entry);
      }
      return new ZipArchive(zip, entries);
    } catch (error) {
      zip.close();
      throw error instanceof ImportFileError ? error : damaged(error);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** The bytes of one part; `undefined` where there is no such part. */
  read(name: string): AsyncGenerator<Buffer> | undefined {
    const entry = this.entries.get(name.toLowerCase());
    return entry && this.inflate(entry);
  }

  private async *inflate(entry: yauzl.Entry): AsyncGenerator<Buffer> {
    if (entry.isEncrypted()) {
      throw new ImportFileError(
        'encrypted',
        'This workbook is encrypted. Save it without a password and import it again.',
      );
    }
    let stream: Readable | undefined;
    let inflated = 0;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
      for await (const chunk of stream) {
        inflated += chunk.length;
        const ratioBroken = inflated > limits.ratioFromBytes && inflated > entry.compressedSize * limits.inflationRatio;
        if (ratioBroken || this.total(entry, inflated) > limits.inflatedBytes) throw tooLarge();
        yield chunk as Buffer;
      }
    } catch (error) {
      throw error instanceof ImportFileError ? error : damaged(error);
    } finally {
      stream?.destroy();
    }
  }

  /** A part that is read again counts once. */
  private total(entry: yauzl.Entry, inflated: number): number {
    this.inflated.set(entry, Math.max(inflated, this.inflated.get(entry) ?? 0));
    return [...this.inflated.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  close(): void {
    this.zip.close();
  }
}
