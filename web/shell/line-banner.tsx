import { Button } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../kit/icon.tsx';
import { line } from '../line.ts';
import classes from './line-banner.module.css';

/** Says that the server cannot be asked, and what to do; the rest of the page stays as it was. */
export function LineBanner() {
  const { t } = useTranslation();
  const state = useSyncExternalStore(line.subscribe, line.state);
  return (
    <div role="status" className={classes.status}>
      {state !== 'up' && (
        <div className={classes.banner}>
          <Icon name="warning" size={16} />
          <p className={classes.text}>
            <b>{t(state === 'offline' ? 'line.offline' : 'line.gone')}</b>{' '}
            {t(state === 'offline' ? 'line.offlineHint' : 'line.goneHint')}
          </p>
          {state === 'gone' && (
            <Button size="compact-sm" variant="default" onClick={line.check}>
              {t('line.now')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
