/** Reads a table as people write it: a line of headers, then a line a row, cells between bars. */
export function rows<const Header extends string>(
  headers: readonly Header[],
  text: string,
): (Record<Header, string> & { line: number })[] {
  return text
    .trim()
    .split('\n')
    .map((line, index) => {
      const cells = line.split('|').map((cell) => cell.trim());
      if (cells.length !== headers.length)
        throw new Error(`${cells.length} cells instead of ${headers.length}: ${line}`);
      return {
        ...(Object.fromEntries(headers.map((header, i) => [header, cells[i]])) as Record<Header, string>),
        line: index,
      };
    });
}

/** The parts of a cell that holds several. */
export const parts = (cell: string): string[] => (cell === '' ? [] : cell.split(',').map((part) => part.trim()));
