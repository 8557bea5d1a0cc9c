import { useTranslation } from 'react-i18next';
import { Icon } from '../kit/icon.tsx';
import classes from './shell.module.css';
import { useScheme } from './use-scheme.ts';

const schemes = [
  { scheme: 'light', icon: 'light' },
  { scheme: 'dark', icon: 'dark' },
  { scheme: 'auto', icon: 'system' },
] as const;

export function SchemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useScheme();
  return (
    <fieldset className={classes.schemes}>
      <legend className="visually-hidden">{t('scheme.label')}</legend>
      {schemes.map(({ scheme, icon }) => (
        <button
          key={scheme}
          type="button"
          className={classes.scheme}
          aria-pressed={colorScheme === scheme}
          aria-label={t(`scheme.${scheme}`)}
          title={t(`scheme.${scheme}`)}
          onClick={() => setColorScheme(scheme)}
        >
          <Icon name={icon} size={16} />
        </button>
      ))}
    </fieldset>
  );
}
