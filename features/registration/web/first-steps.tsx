import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { useUser } from '../../../web/session/use-session.ts';
import classes from './first-steps.module.css';
import { useFirstSteps } from './use-first-steps.ts';

/** Put away in this browser, for this person: it says nothing about the company. */
const awayKey = (userId: string) => `bulkhead-first-steps-${userId}`;

/** For the administrator of a company that has just begun: what to do first. Gone when it is done, or put away. */
export default function FirstSteps() {
  const { t } = useTranslation('registration');
  const { id, role } = useUser();
  const [isAway, setAway] = useState(() => localStorage.getItem(awayKey(id)) !== null);
  const isAsked = role === 'company_admin' && !isAway;
  const steps = useFirstSteps(isAsked);
  if (!isAsked || !steps || steps.every(({ isDone }) => isDone)) return null;
  const done = steps.filter(({ isDone }) => isDone).length;
  const putAway = () => {
    localStorage.setItem(awayKey(id), '1');
    setAway(true);
  };
  return (
    <section className={classes.guide} aria-label={t('title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('title')}</h2>
        <span className={classes.soft}>{t('done', { done, count: steps.length })}</span>
        <ActionIcon variant="subtle" color="gray" className={classes.away} aria-label={t('away')} onClick={putAway}>
          <Icon name="close" size={16} />
        </ActionIcon>
      </div>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.id} className={classes.step} data-done={step.isDone || undefined}>
            <Link to={step.path} className={classes.link}>
              <span className={classes.mark}>
                <Icon name={step.isDone ? 'check' : step.icon} size={17} />
              </span>
              <span className={classes.text}>
                <b>{t(`steps.${step.id}`)}</b>
                {step.isDone && <span className="visually-hidden"> {t('isDone')}</span>}
                <span className={classes.hint}>{t(`hints.${step.id}`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
