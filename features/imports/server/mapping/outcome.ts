export type CellErrorCode =
  | 'too_long'
  | 'invalid_email'
  | 'invalid_url'
  | 'invalid_number'
  | 'unknown_status'
  | 'damaged_number'
  | 'spreadsheet_error';

/** What became of a cell: a value, nothing (the cell is empty), or the reason why it cannot be used. */
export type Outcome<T> = { value: T } | { code: CellErrorCode; message: string } | undefined;

export const tooLong = (length: number, limit: number) => ({
  code: 'too_long' as const,
  message: `This text has ${length} characters; at most ${limit} fit. Shorten it.`,
});
