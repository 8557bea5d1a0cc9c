import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { type Outcome, tooLong } from './outcome.ts';

const phoneChars = 20;

/** International form where the number can be understood, otherwise as it was typed: a rep may still know what it means. */
export function readPhone(text: string, country: CountryCode | undefined): Outcome<string> {
  if (/^\d[.,]\d+E\+?\d+$/i.test(text)) {
    return {
      code: 'damaged_number',
      message: `A spreadsheet has shortened this number to “${text}”. Format the column as text and enter the number again.`,
    };
  }
  const typed = text.replace(/^(tel|phone|fax|mobil[e]?)\s*[.:]\s*/i, '').trim();
  const parsed = parsePhoneNumberFromString(
    typed.replace(/^00(?=[1-9])/, '+'),
    country ? { defaultCountry: country } : {},
  );
  if (parsed?.isPossible()) {
    const international = parsed.ext ? `${parsed.number} x${parsed.ext}` : parsed.number;
    if (international.length <= phoneChars) return { value: international };
  }
  return typed.length <= phoneChars ? { value: typed } : tooLong(typed.length, phoneChars);
}

/** Google writes several values into one cell. */
export const splitPhones = (text: string): string[] =>
  text
    .split(/\s:::\s|[;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
