import { type Sayer, sayerOf } from '../contracts/said.ts';
import { i18next } from './i18n.ts';

/** The name under which a language keeps the server's own sentences, which are English. */
const SPACE = 'server';
const sayers = new Map<string, Sayer>();

/** What the server says, in the reader's language; as it says it where that knows no such sentence. */
export function saidByServer(sentence: string): string {
  const { language } = i18next;
  let say = sayers.get(language);
  if (!say) {
    const texts = i18next.getResourceBundle(language, SPACE) as Record<string, string> | undefined;
    if (!texts) return sentence;
    say = sayerOf(texts);
    sayers.set(language, say);
  }
  return say(sentence);
}
