import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { changeLanguage } from '../i18n.ts';
import { Icon } from '../kit/icon.tsx';
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
      {(Object.keys(languages) as Language[]).map((language) => (
        <Menu.Item
          key={language}
          role="menuitemradio"
          aria-checked={i18n.language === language}
          lang={language}
          leftSection={i18n.language === language ? <Icon name="check" size={16} /> : <span style={{ width: 16 }} />}
          onClick={() => void choose(language)}
        >
          {languages[language]}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  );
}
