import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Language, languages } from '../languages.ts';
import { useChooseLanguage } from './use-choose-language.ts';

/** Chooses the app's language; letters follow it. */
export function LanguageItems() {
  const { t, i18n } = useTranslation();
  const choose = useChooseLanguage();
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
