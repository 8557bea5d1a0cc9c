import { useEffect, useSyncExternalStore } from 'react';
import { readerZone, setZone, subscribe } from '../clock.ts';
import { changeLanguage, i18next } from '../i18n.ts';
import { spoken } from '../languages.ts';
import { session } from './session.ts';
import { useMe } from './use-me.ts';

// The next person at this browser has a clock of their own.
session.onForget(() => setZone(null));

/** Speaks the language and keeps the clock that the person's profile says. Gives their zone: what shows times is drawn by it. */
export function useReader(): string | undefined {
  const { data } = useMe();
  const language = spoken([data?.language]);
  useEffect(() => {
    if (language && language !== i18next.language) void changeLanguage(language).catch(() => undefined);
  }, [language]);
  const timezone = data?.timezone;
  useEffect(() => {
    if (data) setZone(timezone);
  }, [data, timezone]);
  return useSyncExternalStore(subscribe, readerZone);
}
