import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../kit/icon.tsx';
import { stopActing } from '../session/acting.ts';
import { session } from '../session/session.ts';
import classes from './acting-banner.module.css';

const TICK_MS = 15_000;

/** Above everything, dialogs too, for as long as a super admin works in a company. */
export default function ActingBanner({ company, until }: { company: string; until: string }) {
  const { t } = useTranslation();
  const minutes = useMinutesLeft(until);
  const stop = useMutation({ mutationFn: stopActing });
  useEffect(() => {
    document.documentElement.dataset.acting = '';
    return () => {
      delete document.documentElement.dataset.acting;
    };
  }, []);
  return (
    <section className={classes.banner} aria-label={t('acting.label')}>
      <Icon name="warning" size={16} />
      <p className={classes.text}>
        <b>{t('acting.who', { company })}</b> <span className={classes.more}>{t('acting.seen')}</span>
      </p>
      <span className={classes.left}>{t('acting.left', { count: minutes })}</span>
      <Button className={classes.stop} size="compact-sm" loading={stop.isPending} onClick={() => stop.mutate()}>
        {t('acting.stop')}
      </Button>
    </section>
  );
}

function useMinutesLeft(until: string): number {
  const [now, setNow] = useState(Date.now);
  const left = Date.parse(until) - now;
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    // The server has ended it; the page must not look as if it went on.
    if (left <= 0) void session.renew().catch(() => undefined);
  }, [left]);
  return Math.max(0, Math.ceil(left / 60_000));
}
