import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { settingsGroups, settingsOf } from '../features.ts';
import { Icon } from '../kit/icon.tsx';
import { useUser } from '../session/use-session.ts';
import classes from './settings-frame.module.css';

/** The settings' own navigation beside the one of them that is shown. */
export default function SettingsFrame() {
  const { t } = useTranslation();
  const user = useUser();
  const { pathname } = useLocation();
  const isStart = /^\/settings\/?$/.test(pathname);
  const entries = settingsOf(user);
  const Title = isStart ? 'h1' : 'p';
  useEffect(() => {
    if (isStart) document.title = `${t('settings')} · Bulkhead`;
  }, [isStart, t]);
  return (
    <div className={classes.frame} data-start={isStart || undefined}>
      <nav className={classes.nav} aria-label={t('settings')}>
        <Title className={classes.title}>{t('settings')}</Title>
        {settingsGroups
          .filter((group) => entries.some((entry) => entry.group === group))
          .map((group) => (
            <div key={group} className={classes.group}>
              <span className={classes.groupName}>{t(`settingsGroups.${group}`)}</span>
              {entries
                .filter((entry) => entry.group === group)
                .map((entry) => (
                  <Link
                    key={entry.path}
                    to={entry.path}
                    className={classes.link}
                    activeProps={{ 'data-active': true }}
                    activeOptions={{ includeSearch: false }}
                  >
                    <Icon name={entry.icon} size={16} />
                    {t(entry.label)}
                  </Link>
                ))}
            </div>
          ))}
      </nav>
      <div className={classes.content}>
        <Link to="/settings" className={classes.back}>
          <Icon name="back" size={16} />
          {t('settings')}
        </Link>
        <div className={classes.page}>
          <Outlet />
        </div>
      </div>
    </div>
  );
}
