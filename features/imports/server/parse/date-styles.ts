import { readXml } from './xml-events.ts';

const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** No spreadsheet writes a longer one. */
const formatChars = 255;

// Quoted text, escaped characters and [conditions] may contain the letters y, m, d, h, s without meaning a date;
// [h], [m] and [s] are durations.
const isDateFormat = (code: string): boolean =>
  /[ymdhs]/i.test(
    code
      .slice(0, formatChars)
      .replace(/"[^"]*"|\\.|_.|\*./g, '')
      .replace(/\[(?!(h+|m+|s+)\])[^\]]*\]/gi, '')
      .replace(/general/gi, ''),
  );

/** Which cell styles show a number as a date or time: the index is a cell's `s`. */
export async function readDateStyles(chunks: AsyncIterable<Buffer> | undefined): Promise<boolean[]> {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  if (!chunks) return styles;
  await readXml(chunks, {
    open(name, a) {
      if (name === 'numFmt') custom.set(Number(a.numFmtId), isDateFormat(a.formatCode ?? ''));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells && styles.length < 100_000) {
        const id = Number(a.numFmtId ?? 0);
        styles.push(custom.get(id) ?? isBuiltInDate(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}
