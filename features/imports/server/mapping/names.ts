const honorifics = /^(mr|mrs|ms|miss|mx|dr|prof|herr|frau|hr|fr|sr|sra|srta|m|mme|mlle|dipl|ing|sir|dame)\.?$/i;
const suffixes = /^(jr|sr|ii|iii|iv|phd|ph\.d|md|mba|cpa|esq|msc|bsc)\.?$/i;
const particles =
  /^(van|von|vom|zu|zum|zur|den|der|de|del|della|di|da|dos|das|do|du|des|la|le|el|al|bin|ibn|ten|ter|af|av|mac|st\.?|san|santa)$/i;

export interface PersonName {
  first_name?: string;
  last_name?: string;
}

/** Splits “Dr. Ludwig van Beethoven” and “Beethoven, Ludwig van”. One word alone is a last name. */
export function splitName(text: string): PersonName {
  const clean = text.replace(/\s+/g, ' ').trim();
  const [before, after, ...more] = clean.split(',').map((part) => part.trim());
  if (before && after && more.length === 0 && !suffixes.test(after)) {
    return { first_name: withoutTitles(after.split(' ')).join(' ') || after, last_name: before };
  }
  const words = withoutTitles((before ?? '').split(' ').filter(Boolean));
  if (words.length === 0) return clean === '' ? {} : { last_name: clean };
  if (words.length === 1) return { last_name: words[0]! };
  let start = words.length - 1;
  const particle = words.findIndex((word, index) => index > 0 && index < words.length - 1 && particles.test(word));
  if (particle > 0) start = particle;
  return { first_name: words.slice(0, start).join(' '), last_name: words.slice(start).join(' ') };
}

function withoutTitles(words: string[]): string[] {
  let start = 0;
  let end = words.length;
  while (start < end - 1 && honorifics.test(words[start]!)) start++;
  while (end > start + 1 && suffixes.test(words[end - 1]!)) end--;
  return words.slice(start, end);
}
