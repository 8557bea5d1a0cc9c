import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { navOf } from '../features.ts';
import { CompanyFlag } from '../kit/company-flag.tsx';
import { Icon } from '../kit/icon.tsx';
import { keyCaps } from '../kit/keys.ts';
import { useUser } from '../session/use-session.ts';
import { SchemeSwitch } from './scheme-switch.tsx';
import classes from './shell.module.css';
import { Trays } from './trays.tsx';
import { UserMenu } from './user-menu.tsx';

interface Props {
  company: string;
  onKeys: () => void;
  onPalette: () => void;
}

export function Sidebar({ company, onKeys, onPalette }: Props) {
  const { t } = useTranslation();
  const user = useUser();
  return (
    <aside className={classes.sidebar} aria-label={t('sidebar')}>
      <div className={classes.company}>
        <CompanyFlag name={company} />
        <span className={classes.companyName} title={company}>
          {company}
        </span>
        <div className={classes.tray}>
          <Trays />
        </div>
      </div>
      <button type="button" className={classes.find} onClick={onPalette}>
        <Icon name="search" size={16} />
        {t('palette.open')}
        <kbd className={classes.findKey}>{keyCaps('mod+k').join(' ')}</kbd>
      </button>
      <nav className={classes.nav} aria-label={t('nav.label')}>
        {navOf(user).map((entry) => (
          <Link
            key={entry.path}
            to={entry.path}
            className={classes.link}
            activeProps={{ 'data-active': true }}
            activeOptions={{ includeSearch: false }}
          >
            <Icon name={entry.icon} />
            {t(entry.label)}
            <kbd className={classes.key}>g {entry.key}</kbd>
          </Link>
        ))}
      </nav>
      <div className={classes.foot}>
        <SchemeSwitch />
        <button type="button" className={classes.link} onClick={onKeys}>
          <Icon name="keyboard" />
          {t('keys.title')}
          <kbd className={classes.key}>?</kbd>
        </button>
        <UserMenu />
      </div>
    </aside>
  );
}
