const SYMBOLS: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP', '₹': 'INR', '¥': 'JPY' };

/** `1.234,50 €` is 1234.5 euros. A lone point is a decimal one; a lone comma before three digits parts thousands. */
export function amountOf(text: string): { value: string | undefined; currency: string | undefined } {
  const currency = Object.entries(SYMBOLS).find(([symbol]) => text.includes(symbol))?.[1] ?? /[A-Z]{3}/.exec(text)?.[0];
  const digits = text.replace(/[A-Z]{3}|[€$£₹¥\s\u00A0\u202F']/g, '');
  if (!/^-?\d[\d.,]*$/.test(digits)) return { value: undefined, currency };
  const [point, comma] = [digits.lastIndexOf('.'), digits.lastIndexOf(',')];
  const several = (mark: string) => digits.split(mark).length > 2;
  let decimal = '';
  if (point >= 0 && comma >= 0) decimal = point > comma ? '.' : ',';
  else if (point >= 0 && !several('.')) decimal = '.';
  else if (comma >= 0 && !several(',') && !/,\d{3}$/.test(digits)) decimal = ',';
  const [whole = '', rest = ''] = decimal === '' ? [digits] : digits.split(decimal);
  const value = `${whole.replace(/[.,]/g, '')}${rest === '' ? '' : `.${rest}`}`;
  return { value: Number.isFinite(Number(value)) ? value : undefined, currency };
}

export type DateOrder = 'month first' | 'day first';

/** Whether a date can only be read with the day first, or only with the month; undefined where it tells neither. */
export function orderOf(text: string): DateOrder | undefined {
  const [, first, second] = /^(\d{1,2})\/(\d{1,2})\/\d{2,4}/.exec(text.trim()) ?? [];
  if (first === undefined) return undefined;
  if (Number(first) > 12) return 'day first';
  return Number(second) > 12 ? 'month first' : undefined;
}

/** The day as YYYY-MM-DD: written so, with points (the day first) or with slashes, which come in both orders. */
export function dayOf(text: string, order: DateOrder): string | undefined {
  const line = text.trim();
  const parts =
    /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})(?!\d)/.exec(line)?.groups ??
    /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})(?!\d)/.exec(line)?.groups ??
    (order === 'day first'
      ? /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})(?!\d)/.exec(line)?.groups
      : /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})(?!\d)/.exec(line)?.groups);
  if (!parts) return undefined;
  const day = `${parts.y}-${String(parts.m).padStart(2, '0')}-${String(parts.d).padStart(2, '0')}`;
  return new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day ? day : undefined;
}

export const isYes = (text: string): boolean => /^(true|yes|1|won|lost)$/i.test(text.trim());

/** What a stage's name says of the deals in it. */
export function endOf(stage: string): 'won' | 'lost' | undefined {
  if (/(^|[^a-z]|closed)won($|[^a-z])/i.test(stage)) return 'won';
  return /(^|[^a-z]|closed)lost($|[^a-z])/i.test(stage) ? 'lost' : undefined;
}

/** A name and an address in one cell, `Ingrid Sørensen (ingrid@fjord.example)`; of several people the first. */
export function personIn(text: string): { name: string; email: string | undefined; others: boolean } {
  const [first = '', ...others] = text
    .split(/[;\n]/)
    .map((each) => each.trim())
    .filter(Boolean);
  const email = /[^\s()<>,]+@[^\s()<>,]+\.[^\s()<>,]+/.exec(first)?.[0];
  const name = first.replace(/[(<][^()<>]*[)>]/g, '').trim();
  return { name: name === email ? '' : name, email, others: others.length > 0 };
}
