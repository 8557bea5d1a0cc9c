/** Without control characters and outer white space; line breaks stay. */
export const cleanText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
    .replace(/\u00A0/g, ' ')
    .normalize('NFC')
    .trim();

export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ');
