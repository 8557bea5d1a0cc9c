const dayMs = 86_400_000;

/** A number as a person would type it: phone numbers without exponent, sums without the noise of binary fractions. */
export function plainNumber(raw: string): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? BigInt(value).toString() : raw;
  return String(Number(value.toPrecision(15)));
}

/** A date serial as `2024-02-29`, with a time as `2024-02-29T14:30:00`, a time alone as `14:30:00`. */
export function isoDate(raw: string, from1904: boolean): string {
  const serial = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return plainNumber(raw);
  // Excel believes that 1900 was a leap year; serials before 1 March 1900 are one day off.
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const seconds = Math.round(serial * 86_400);
  const [date, time] = new Date(epoch + seconds * 1000).toISOString().slice(0, 19).split('T') as [string, string];
  if (serial < 1 && !from1904) return time;
  return (seconds * 1000) % dayMs === 0 ? date : `${date}T${time}`;
}

/** `AB12` is column 27 (0-based); undefined where there is no letter. */
export function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/i.exec(reference ?? '')?.[0].toUpperCase();
  if (!letters) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** Excel writes characters that XML cannot hold as `_x000D_`. */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
