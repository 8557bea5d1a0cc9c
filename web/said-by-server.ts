import { i18next } from './i18n.ts';

/** The name under which a language keeps the server's own sentences, which are English. */
const SPACE = 'server';

interface Pattern {
  sentence: RegExp;
  gaps: string[];
  said: string;
}
const patternsOf = new Map<string, Pattern[]>();

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Sentences with gaps, in the order in which they are written: the more exact ones stand first. */
function patterns(language: string, texts: Record<string, string>): Pattern[] {
  let found = patternsOf.get(language);
  if (!found) {
    found = Object.entries(texts)
      .filter(([sentence]) => sentence.includes('{{'))
      .map(([sentence, said]) => ({
        sentence: new RegExp(
          `^${sentence
            .split(/\{\{\w+\}\}/)
            .map(escaped)
            .join('(.+)')}$`,
        ),
        gaps: [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, gap]) => gap ?? ''),
        said,
      }));
    patternsOf.set(language, found);
  }
  return found;
}

/** What the server says, in the reader's language; as it says it where that knows no such sentence. */
export function saidByServer(sentence: string): string {
  const { language } = i18next;
  const texts = i18next.getResourceBundle(language, SPACE) as Record<string, string> | undefined;
  if (!texts) return sentence;
  const whole = texts[sentence];
  if (whole !== undefined) return whole;
  for (const { sentence: pattern, gaps, said } of patterns(language, texts)) {
    const filled = pattern.exec(sentence);
    if (filled) return said.replace(/\{\{(\w+)\}\}/g, (_all, gap: string) => filled[gaps.indexOf(gap) + 1] ?? '');
  }
  return sentence;
}
