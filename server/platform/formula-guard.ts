// Characters that make Excel, LibreOffice or Google Sheets read a CSV cell as a formula, full-width forms included:
// https://owasp.org/www-community/attacks/CSV_Injection
const formula = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Makes a cell safe to open in a spreadsheet. Cells that already look guarded get one more quote, so that unguarding is exact. */
export const guardFormula = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

/** `unguardFormula(guardFormula(x)) === x` for every text. */
export const unguardFormula = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
