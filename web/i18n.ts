import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

type Texts = Record<string, unknown>;

const shell = import.meta.glob<Texts>('./locales/en.json', { eager: true, import: 'default' });
const features = import.meta.glob<Texts>('../features/*/web/locales/en.json', { eager: true, import: 'default' });

const named = Object.entries(features).map(([path, texts]) => [path.split('/')[2] ?? '', texts] as const);
const english = { ...Object.fromEntries(named), app: Object.values(shell)[0] ?? {} };

await i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: english },
  defaultNS: 'app',
  interpolation: { escapeValue: false },
});

export { i18next };
