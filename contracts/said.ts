/** Says a sentence of the server's, which are English, in another language; as it is where that knows no such sentence. */
export type Sayer = (sentence: string) => string;

/**
 * @param texts what each sentence is in that language, with `{{gaps}}` for what was filled in; those with gaps are tried
 * in the order in which they are written, the more exact ones first. What fills a gap that is called `said…` is itself
 * one of the server's sentences.
 */
export function sayerOf(texts: Record<string, string>): Sayer {
  const patterns = Object.entries(texts)
    .filter(([sentence]) => sentence.includes('{{'))
    .map(([sentence, said]) => ({
      sentence: new RegExp(
        `^${sentence
          .split(/\{\{\w+\}\}/)
          .map(escaped)
          .join('(.+)')}$`,
        's',
      ),
      gaps: [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, gap]) => gap ?? ''),
      said,
    }));
  return function say(sentence): string {
    if (Object.hasOwn(texts, sentence)) return texts[sentence] ?? sentence;
    for (const { sentence: pattern, gaps, said } of patterns) {
      const filled = pattern.exec(sentence);
      if (!filled) continue;
      return said.replace(/\{\{(\w+)\}\}/g, (_all, gap: string) => {
        const value = filled[gaps.indexOf(gap) + 1] ?? '';
        return gap.startsWith('said') ? say(value) : value;
      });
    }
    return sentence;
  };
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
