import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { chosenLanguage, keepLanguage, type Language, spoken } from './languages.ts';

type Texts = Record<string, unknown>;
type Spaces = Record<string, Texts>;

const shell = import.meta.glob<Texts>('./locales/en.json', { eager: true, import: 'default' });
const features = import.meta.glob<Texts>('../features/*/web/locales/en.json', { eager: true, import: 'default' });

const named = Object.entries(features).map(([path, texts]) => [path.split('/')[2] ?? '', texts] as const);
const english: Spaces = { ...Object.fromEntries(named), app: Object.values(shell)[0] ?? {} };

// English is always there: what another language lacks is read in it.
const others: Record<Exclude<Language, 'en'>, () => Promise<Spaces>> = {
  de: async () => (await import('./locales/german.ts')).german,
};

await i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: english },
  defaultNS: 'app',
  interpolation: { escapeValue: false },
});

async function speak(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'app')) {
    const texts = await others[language]();
    for (const [space, own] of Object.entries(texts)) i18next.addResourceBundle(language, space, own);
  }
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
const first = typeof document === 'undefined' ? 'en' : (chosenLanguage() ?? spoken(navigator.languages) ?? 'en');
if (first !== 'en') await speak(first).catch(() => undefined);

export { i18next };
