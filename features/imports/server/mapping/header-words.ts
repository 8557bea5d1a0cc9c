/** No word that we know is longer, and a single character may stand for eighteen. */
const mostChars = 100;

/** A header without case, accents, punctuation and the number that tells repeated ones apart: `E-Mail (2)` is `e mail`. */
export const headerWords = (header: string): string =>
  header
    .slice(0, mostChars)
    .replace(/ \(\d+\)$/, '')
    // mobilePhone, MailingCity: words as programs join them
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .slice(0, 2 * mostChars)
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replaceAll('linked in', 'linkedin');

/** `Größe (cm)` becomes `grosse_cm`: a key for a custom field. */
export const customKey = (header: string): string => headerWords(header).replaceAll(' ', '_').slice(0, 60) || 'column';
