import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { chosenLanguage, keepLanguage, type Language, spoken } from './languages.ts';

type Texts = Record<string, unknown>;
type Later = Record<string, () => Promise<Texts>>;

const shell = import.meta.glob<Texts>('./locales/en.json', { eager: true, import: 'default' });
const labels = import.meta.glob<Texts>('../features/*/web/locales/en.json', {
  eager: true,
  import: 'default',
  query: '?labels',
});
const english: Later = import.meta.glob<Texts>('../features/*/web/locales/en.json', { import: 'default' });
const german: Later = import.meta.glob<Texts>('../features/*/web/locales/de.json', { import: 'default' });

const featureOf = (path: string) => path.split('/')[2] ?? '';
const byFeature = (files: Later): Later =>
  Object.fromEntries(Object.entries(files).map(([path, load]) => [featureOf(path), load]));
/** What comes with the parts that show it. */
const features: Record<Language, Later> = { en: byFeature(english), de: byFeature(german) };

// English is always there: the server speaks it, and people find by it what they learnt in it.
const first: Record<string, Texts> = {
  ...Object.fromEntries(Object.entries(labels).map(([path, texts]) => [featureOf(path), texts])),
  app: Object.values(shell)[0] ?? {},
};
/** What another language needs before anything can be shown in it. */
const firstOf: Record<Exclude<Language, 'en'>, () => Promise<Record<string, Texts>>> = {
  de: async () => (await import('./locales/german.ts')).german,
};

await i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: first },
  defaultNS: 'app',
  interpolation: { escapeValue: false },
  saveMissing: true,
  missingKeyHandler: (_languages, space, key, said) => {
    if (said === key) console.error(`no text ${space}:${key}`);
  },
});

let current: Language = 'en';
/** Features of which something is shown, or about to be. */
const wanted = new Set<string>();
const loaded = new Set<string>();

async function load(language: Language, space: string): Promise<void> {
  const texts = await features[language][space]?.();
  i18next.addResourceBundle(language, space, texts, true, true);
  loaded.add(`${language} ${space}`);
}

const lackedIn = (language: Language) => [...wanted].filter((space) => !loaded.has(`${language} ${space}`));

/** Brings these features' texts beside a part of the app that shows them; `partTexts` writes the calls. */
export async function withTexts<T>(spaces: readonly string[], part: Promise<T>): Promise<T> {
  async function bring() {
    for (const space of spaces) wanted.add(space);
    let language: Language;
    do {
      language = current;
      const lacked = lackedIn(language).filter((space) => spaces.includes(space));
      await Promise.all(lacked.map((space) => load(language, space)));
      // Another language may have been chosen meanwhile.
    } while (language !== current);
  }
  const [arrived] = await Promise.all([part, bring()]);
  return arrived;
}

async function speak(language: Language): Promise<void> {
  if (language !== 'en' && !loaded.has(language)) {
    const texts = await firstOf[language]();
    for (const [space, own] of Object.entries(texts)) i18next.addResourceBundle(language, space, own, true, true);
    loaded.add(language);
  }
  // A part that comes meanwhile brings its texts in the language before.
  for (let lacked = lackedIn(language); lacked.length > 0; lacked = lackedIn(language)) {
    await Promise.all(lacked.map((space) => load(language, space)));
  }
  current = language;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.getElementById('over')?.setAttribute('aria-label', i18next.t('over'));
}

/** Speaks another language from now on, in this browser. */
export async function changeLanguage(language: Language): Promise<void> {
  await speak(language);
  keepLanguage(language);
}

// A language that cannot be loaded is no reason to show nothing.
const begun = typeof document === 'undefined' ? 'en' : (chosenLanguage() ?? spoken(navigator.languages) ?? 'en');
if (begun !== 'en') await speak(begun).catch(() => undefined);

export { i18next };
