/**
 * Inside of a character class: what is not seen but obeyed by terminals, log files and lines of text, such as ESC, CR, LF, marks that turn the
 * direction of writing, and separators of lines.
 */
export const UNSEEN = '\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}';
/** Those of them that names need: Persian and the scripts of India are written with the non-joiner and the joiner, and so are emoji. */
export const JOINERS = '\\u200c\\u200d';
