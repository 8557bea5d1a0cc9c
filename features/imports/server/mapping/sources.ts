import type { ContactSource } from './contact-fields.ts';
import { headerWords } from './header-words.ts';

const patterns: [ContactSource, RegExp][] = [
  ['linkedin', /linkedin|sales navigator/],
  ['social_media', /social|facebook|instagram|twitter|tiktok|xing|youtube|redes|reseaux/],
  ['cold_email', /cold ?e? ?mail|cold ?(call|outreach)|outbound|kaltakquise|prospeccion|prospection|correo frio/],
  [
    'trade_show',
    /trade ?show|trade ?fair|event|conference|exhibition|messe|kongress|feria|evento|congreso|salon|foire/,
  ],
  [
    'referral',
    /referr|word of mouth|recommend|partner|empfehlung|empfohlen|recomenda|referido|boca a boca|recommand|parrain|bouche a oreille/,
  ],
  [
    'website',
    /web|organic|direct|search|online|internet|homepage|form|seo|landing|inbound|suche|sitio|site|chat|ads?\b|adwords|paid/,
  ],
];

/** Lists of lead sources are each company's own, so what fits nowhere is `other`, and the caller keeps the word. */
export function readSource(text: string): { source: ContactSource; exact: boolean } {
  const words = headerWords(text);
  if (words === 'other' || words === 'andere' || words === 'otro' || words === 'autre')
    return { source: 'other', exact: true };
  const found = patterns.find(([, pattern]) => pattern.test(words))?.[0];
  return { source: found ?? 'other', exact: found !== undefined };
}
