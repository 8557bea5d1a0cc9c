import { i18next } from '../../../web/i18n.ts';

const GROUPED = /^\d{1,3}(\D\d{3})+$/;
const signs = new Map<string, string>();

/** What the language puts between thousands. */
function groupSign(language: string): string {
  let sign = signs.get(language);
  if (sign === undefined) {
    const parts = new Intl.NumberFormat(language).formatToParts(1_234_567);
    sign = parts.find(({ type }) => type === 'group')?.value ?? '';
    signs.set(language, sign);
  }
  return sign;
}

/**
 * An amount of money as people write it, as the API takes it: `12500`, `980.50`, `980,5`, `12,500.50`, `12.500,50`.
 * A single sign before three digits divides thousands only where the reader's language does so: `12.500` is twelve
 * thousand five hundred in German, and nothing in English, so that no amount is ever read as another.
 * @returns undefined where it is none.
 */
export function parsedAmount(text: string, language = i18next.language): string | undefined {
  const value = text.trim().replace(/(?<=\d)[\s'’](?=\d{3})/g, '');
  const last = Math.max(value.lastIndexOf('.'), value.lastIndexOf(','));
  if (last < 0) return /^\d+$/.test(value) ? value : undefined;
  const sign = value[last] ?? '';
  const other = sign === '.' ? ',' : '.';
  const [whole, fraction] = [value.slice(0, last), value.slice(last + 1)];
  if (/^\d{1,2}$/.test(fraction) && !whole.includes(sign)) {
    if (/^\d+$/.test(whole)) return `${whole}.${fraction}`;
    return GROUPED.test(whole) ? `${whole.replaceAll(other, '')}.${fraction}` : undefined;
  }
  const isThousands = GROUPED.test(value) && !value.includes(other);
  const isClear = whole.includes(sign) || groupSign(language) === sign;
  return isThousands && isClear ? value.replaceAll(sign, '') : undefined;
}

/** Whether people would call it an amount of money. */
export const isAmount = (text: string) => parsedAmount(text) !== undefined;

/** The amount as the API takes it; what is none goes as it is, for the server to refuse. */
export const amount = (text: string) => parsedAmount(text) ?? text.trim();
