import { ActionIcon } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { useKeys } from '../../../web/kit/keys.ts';
import { linesOf } from '../../../web/kit/sheet-lines.ts';
import { fullName } from './contact.ts';
import classes from './contact-page.module.css';
import { useFields } from './fields.ts';
import { useContacts } from './use-contacts.ts';
import { useListState } from './use-list-state.ts';
import { useSections } from './use-sections.ts';

const NEAR = 60;
const nothing = () => undefined;

/** On through the list that one came from: the address says where in it this contact stood. */
export function ContactSteps({ id }: { id: string }) {
  const { t, i18n } = useTranslation('contacts');
  const navigate = useNavigate();
  const { asked, search } = useListState();
  const { at: place, ...rest } = search;
  const list = useContacts(asked);
  const stood = place === undefined ? undefined : Number(place) || 0;
  const { look } = list;
  // Grouped, what is next on the page may stand elsewhere in the list.
  const { sections, isPending } = useSections(asked, useFields(), '', nothing);
  const lines = useMemo(() => linesOf(sections, list.count), [sections, list.count]);
  useEffect(() => {
    if (stood === undefined) return;
    const line = lines.of(stood) ?? 0;
    look([[Math.max(0, stood - NEAR), stood + NEAR], ...lines.spans(line - NEAR, line + NEAR)]);
  }, [stood, look, lines]);

  // What was added or taken away meanwhile has moved it a little.
  const offsets = Array.from({ length: NEAR * 2 + 1 }, (_, step) => (step % 2 ? 1 : -1) * Math.ceil(step / 2));
  const offset = stood === undefined ? undefined : offsets.find((by) => list.rowAt(stood + by)?.id === id);
  const at = stood === undefined || offset === undefined ? undefined : stood + offset;
  const line = at === undefined || isPending ? undefined : lines.of(at);
  const beside = (by: 1 | -1) =>
    line === undefined ? undefined : (lines.at(line + by)?.row ?? lines.at(line + 2 * by)?.row);
  const neighbour = (by: 1 | -1) => {
    const row = beside(by);
    return row === undefined ? undefined : list.rowAt(row);
  };
  const go = (by: 1 | -1) => {
    const to = neighbour(by);
    if (!to) return;
    void navigate({ to: `/contacts/${to.id}`, search: { ...rest, at: String(beside(by)) }, replace: true } as object);
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
      {line !== undefined && list.total !== undefined && (
        <span className={classes.soft}>
          {t('steps.place', {
            at: lines
              .spans(0, line)
              .reduce((sum, [first, last]) => sum + last - first + 1, 0)
              .toLocaleString(i18n.language),
            total: list.total.toLocaleString(i18n.language),
          })}
        </span>
      )}
    </nav>
  );
}
