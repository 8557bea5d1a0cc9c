import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { startAction } from '../actions.ts';
import { actionsOf, navOf, type Place, placesOf, settingsOf } from '../features.ts';
import { useFound } from '../found.ts';
import { i18next } from '../i18n.ts';
import type { IconName } from '../kit/icon.tsx';
import { type Language, languages } from '../languages.ts';
import { logOut } from '../session/log-out.ts';
import { useUser } from '../session/use-session.ts';
import { useChooseLanguage } from './use-choose-language.ts';
import { useScheme } from './use-scheme.ts';

export interface Entry {
  id: string;
  icon: IconName;
  title: string;
  detail?: string | undefined;
  /** Other words for it. */
  words?: string | undefined;
  /** The key that does the same without the palette. */
  press?: string;
  run: () => void;
}

export interface Group {
  label: string;
  entries: Entry[];
}

const FOUND = 5;
const schemes = [
  { scheme: 'light', icon: 'light' },
  { scheme: 'dark', icon: 'dark' },
  { scheme: 'auto', icon: 'system' },
] as const;

/** What can be done, by what is typed: records first, then actions and pages; all that can be done while nothing is. */
export function useGroups(text: string, words: string, onKeys: () => void) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const user = useUser();
  const { colorScheme, setColorScheme } = useScheme();
  const { hits, isOld } = useFound(user.company_id === null ? '' : words, FOUND);
  const go = (place: Place) => void navigate({ to: place.to, search: place.search ?? {} } as never);
  const typed = text.trim().toLowerCase().split(/\s+/);
  const fits = ({ title, words: other = '' }: Entry) => {
    const all = `${title} ${other}`.toLowerCase();
    return typed.every((word) => all.includes(word));
  };
  // Whoever learnt a word in English finds it in another language too.
  const wordsOf = (...keys: (string | undefined)[]) =>
    keys.flatMap((key) => (key ? [t(key), i18next.t(key, { lng: 'en' })] : [])).join(' ');
  const chooseLanguage = useChooseLanguage();

  const doing: Entry[] = [
    ...actionsOf(user).map((action) => ({
      id: `do ${action.label}`,
      icon: action.icon,
      title: t(action.label),
      words: wordsOf(action.label, action.words),
      run: () => startAction(action),
    })),
    ...schemes
      .filter(({ scheme }) => scheme !== colorScheme)
      .map(({ scheme, icon }) => ({
        id: `scheme ${scheme}`,
        icon,
        title: t('palette.scheme', { scheme: t(`scheme.${scheme}`) }),
        words: wordsOf('scheme.words', `scheme.${scheme}`),
        run: () => setColorScheme(scheme),
      })),
    ...(Object.keys(languages) as Language[])
      .filter((language) => language !== i18n.language)
      .map((language) => ({
        id: `language ${language}`,
        icon: 'flag' as const,
        title: `${t('language')}: ${languages[language]}`,
        words: wordsOf('language', `languages.${language}`),
        run: () => void chooseLanguage(language),
      })),
    { id: 'keys', icon: 'keyboard', title: t('keys.title'), words: wordsOf('keys.title'), press: '?', run: onKeys },
    {
      id: 'logout',
      icon: 'logout',
      title: t('user.logout'),
      words: wordsOf('user.logout', 'user.logoutWords'),
      run: () => void logOut(),
    },
  ];
  const pages: Entry[] = navOf(user).map(({ path, icon, label, key }) => ({
    id: `go ${path}`,
    icon,
    title: t('keys.goTo', { page: t(label) }),
    words: wordsOf(label),
    press: `g ${key}`,
    run: () => go({ to: path }),
  }));
  if (!user.acting) {
    pages.push({
      id: 'go /profile',
      icon: 'person',
      title: t('user.profile'),
      words: wordsOf('user.profile', 'user.profileWords'),
      run: () => go({ to: '/profile' }),
    });
  }
  for (const place of placesOf(user)) {
    const { icon, label, words: other } = place;
    pages.push({ id: `go ${label}`, icon, title: t(label), words: wordsOf(label, other), run: () => go(place) });
  }
  for (const { path, icon, label, words: other } of settingsOf(user)) {
    pages.push({
      id: `go ${path}`,
      icon,
      title: `${t('settings')}: ${t(label)}`,
      words: wordsOf('settings', label, other),
      run: () => go({ to: path }),
    });
  }
  const everything: Entry = {
    id: 'search',
    icon: 'search',
    title: t('palette.everything', { words: text.trim() }),
    run: () => go({ to: '/search', search: { q: text.trim() } }),
  };
  const groups: Group[] = [
    ...hits.map(({ finder, items }) => ({
      label: t(finder.label),
      entries: items.map((item) => ({ ...item, icon: finder.icon, run: () => go(item) })),
    })),
    { label: t('palette.actions'), entries: doing.filter(fits) },
    { label: t('palette.pages'), entries: pages.filter(fits) },
    { label: t('palette.search'), entries: text.trim() && user.company_id !== null ? [everything] : [] },
  ].filter(({ entries }) => entries.length > 0);
  // While the letters of a moment ago are still being looked up, nothing is chosen that would be replaced.
  return { groups, isBusy: isOld || text.trim() !== words };
}
