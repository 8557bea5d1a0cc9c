/** Rows that belong together, under a heading that shows or hides them. */
export interface SheetSection {
  id: string;
  label: string;
  count: number;
  /** Where in the list its rows begin; sections may be shown in another order than they have there. */
  at: number;
  isOpen: boolean;
}

/** The first and the last row of a part of the list. */
export type Span = [first: number, last: number];

export type Line = { section: SheetSection; row?: undefined } | { section?: undefined; row: number };

export interface Lines {
  count: number;
  at: (line: number) => Line | undefined;
  /** The line of a row, whether its section is open or not. */
  of: (row: number) => number | undefined;
  /** The rows on a range of lines, as parts of the list and in the order in which they are shown. */
  spans: (first: number, last: number) => Span[];
}

/** What stands on each line: without sections the rows as they are, else each section's heading and then its rows. */
export function linesOf(sections: readonly SheetSection[] | undefined, rows: number): Lines {
  if (!sections) {
    return {
      count: rows,
      at: (line) => (line >= 0 && line < rows ? { row: line } : undefined),
      of: (row) => (row >= 0 && row < rows ? row : undefined),
      spans: (first, last) => (rows > 0 ? [[Math.max(0, first), Math.min(last, rows - 1)]] : []),
    };
  }
  const heads: number[] = [];
  let count = 0;
  for (const section of sections) {
    heads.push(count);
    count += 1 + (section.isOpen ? section.count : 0);
  }
  const sectionOn = (line: number): number => {
    let low = 0;
    let high = heads.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((heads[middle] ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    count,
    at(line) {
      const index = sectionOn(line);
      const section = sections[index];
      if (!section || line < 0 || line >= count) return undefined;
      const below = line - (heads[index] ?? 0);
      return below === 0 ? { section } : { row: section.at + below - 1 };
    },
    of(row) {
      const index = sections.findIndex(({ at, count: within }) => row >= at && row < at + within);
      const section = sections[index];
      return section && (heads[index] ?? 0) + 1 + row - section.at;
    },
    spans(first, last) {
      const found: Span[] = [];
      for (let index = sectionOn(Math.max(0, first)); index < sections.length; index += 1) {
        const section = sections[index];
        const top = (heads[index] ?? 0) + 1;
        if (!section || top > last + 1) break;
        const [from, to] = [Math.max(first, top), Math.min(last, top + section.count - 1)];
        if (section.isOpen && from <= to) found.push([section.at + from - top, section.at + to - top]);
      }
      return found;
    },
  };
}
