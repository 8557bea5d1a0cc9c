export type ImportFileErrorCode =
  | 'file_missing'
  | 'file_empty'
  | 'not_a_table'
  | 'wrong_kind'
  | 'old_excel'
  | 'encrypted'
  | 'file_damaged'
  | 'file_too_large'
  | 'too_many_columns'
  | 'no_visible_sheet'
  | 'unsafe_content';

export type RowErrorCode =
  | 'quote_not_closed'
  | 'row_too_long'
  | 'row_too_short'
  | 'row_too_wide'
  | 'field_too_long'
  | 'null_character'
  | 'unreadable_characters';

export interface Place {
  /** 1-based data row, as in TableRow.number */
  row?: number;
  /** 1-based column */
  column?: number;
}

/** The file as a whole cannot be read. `message` is for the person who chose the file. */
export class ImportFileError extends Error {
  override readonly name = 'ImportFileError';
  readonly row: number | undefined;
  readonly column: number | undefined;

  constructor(
    readonly code: ImportFileErrorCode,
    message: string,
    place: Place = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.row = place.row;
    this.column = place.column;
  }
}

/** One row cannot be used; the rows around it can. */
export interface RowError {
  code: RowErrorCode;
  message: string;
  /** 1-based, where one column is to blame */
  column?: number;
}
