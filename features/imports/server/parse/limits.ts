export const limits = {
  fieldChars: 10_000,
  /** Text of one CSV row; a longer one is nearly always a quotation mark that was never closed. */
  rowChars: 1_000_000,
  columns: 500,
  zipEntries: 2_000,
  /** All parts of a workbook together, as they come out of the inflater. */
  inflatedBytes: 600_000_000,
  /** Real sheets shrink 5 to 40 times, a file made of zeros a thousand times. */
  inflationRatio: 200,
  /** Below this size the ratio says nothing: small files of one repeated word are honest. */
  ratioFromBytes: 5_000_000,
  xmlDepth: 64,
  /** XML between two tags; bounds what the parser holds back while it waits for the end of a text or an attribute. */
  xmlRunBytes: 1_000_000,
} as const;
