import { type Stringifier, stringify } from 'csv-stringify';
import { guardFormula } from './formula-guard.ts';

/** Takes rows of texts and gives CSV that Excel opens with the right characters and without running formulas. */
export function csvWriter(delimiter: ',' | ';' | '\t' | '|' = ','): Stringifier {
  return stringify({
    bom: true,
    delimiter,
    record_delimiter: 'windows',
    // A lone line break is quoted too, and so is white space at the ends, which some programs drop.
    quoted_match: /[\r\n]|^\s|\s$/,
    quoted_empty: true,
    cast: { string: guardFormula },
  });
}
