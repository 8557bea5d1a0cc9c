import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { changeLanguage } from '../i18n.ts';
import { type Language, languages } from '../languages.ts';
import { useUser } from '../session/use-session.ts';

/** Chooses the app's language; letters follow it. */
export function LanguageItems() {
  const { t, i18n } = useTranslation();
  const user = useUser();
  const choose = async (language: Language) => {
    await changeLanguage(language);
    // Whoever acts for a company has no account there, and the platform's staff no language.
    if (user.company_id !== null && !user.acting)
      await api.PUT('/api/users/me', { body: { language } }).catch(() => undefined);
  };
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('language')}</Menu.Label>
      <Menu.RadioGroup value={i18n.language} onChange={(language) => void choose(language as Language)}>
        {(Object.keys(languages) as Language[]).map((language) => (
          <Menu.RadioItem key={language} value={language} lang={language} closeMenuOnClick>
            {languages[language]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
    </>
  );
}
