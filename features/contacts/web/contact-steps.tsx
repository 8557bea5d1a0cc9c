import { ActionIcon } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { fullName } from './contact.ts';
import classes from './contact-page.module.css';
import { useContacts } from './use-contacts.ts';
import { useListState } from './use-list-state.ts';

const NEAR = 60;

/** On through the list that one came from: the address says where in it this contact stood. */
export function ContactSteps({ id }: { id: string }) {
  const { t, i18n } = useTranslation('contacts');
  const navigate = useNavigate();
  const { asked, search } = useListState();
  const { at: place, ...rest } = search;
  const list = useContacts(asked);
  const stood = place === undefined ? undefined : Number(place) || 0;
  const { look } = list;
  useEffect(() => {
    if (stood !== undefined) look([[Math.max(0, stood - NEAR), stood + NEAR]]);
  }, [stood, look]);

  // What was added or taken away meanwhile has moved it a little.
  const offsets = Array.from({ length: NEAR * 2 + 1 }, (_, step) => (step % 2 ? 1 : -1) * Math.ceil(step / 2));
  const offset = stood === undefined ? undefined : offsets.find((by) => list.rowAt(stood + by)?.id === id);
  const at = stood === undefined || offset === undefined ? undefined : stood + offset;
  const neighbour = (by: 1 | -1) => (at === undefined || at + by < 0 ? undefined : list.rowAt(at + by));
  const go = (by: 1 | -1) => {
    const to = neighbour(by);
    if (!to || at === undefined) return;
    void navigate({ to: `/contacts/${to.id}`, search: { ...rest, at: String(at + by) }, replace: true } as object);
  };
  useKeys([
    { press: 'j', label: t('steps.next'), run: () => go(1) },
    { press: 'k', label: t('steps.previous'), run: () => go(-1) },
  ]);
  const step = (by: 1 | -1, label: string) => {
    const to = neighbour(by);
    return (
      <ActionIcon
        variant="default"
        size={34}
        disabled={!to}
        aria-label={label}
        title={to && fullName(to)}
        onClick={() => go(by)}
      >
        <Icon name={by === 1 ? 'arrowDown' : 'arrowUp'} size={15} />
      </ActionIcon>
    );
  };
  if (stood === undefined) return null;
  return (
    <nav className={classes.steps} aria-label={t('steps.label')}>
      {step(-1, t('steps.previous'))}
      {step(1, t('steps.next'))}
      {at !== undefined && list.total !== undefined && (
        <span className={classes.soft}>
          {t('steps.place', {
            at: (at + 1).toLocaleString(i18n.language),
            total: list.total.toLocaleString(i18n.language),
          })}
        </span>
      )}
    </nav>
  );
}
