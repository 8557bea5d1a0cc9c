import { randomInt } from 'node:crypto';

const CONSONANTS = 'bdfghklmnprstvwz';
const VOWELS = 'aeiou';

/** A password that can be read aloud and typed: eight syllables, 50 bits, such as `lobu-kite-ramo-sove`. */
export function passphrase(): string {
  const syllable = () => CONSONANTS[randomInt(CONSONANTS.length)]! + VOWELS[randomInt(VOWELS.length)]!;
  return Array.from({ length: 4 }, () => syllable() + syllable()).join('-');
}
