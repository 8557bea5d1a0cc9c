import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../../web/api/client.ts';
import { usePeople } from '../../../web/api/people.ts';
import { Icon, type IconName } from '../../../web/kit/icon.tsx';
import { Money } from '../../../web/kit/money.tsx';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import classes from './contact-page.module.css';
import { FieldValue } from './field-value.tsx';
import { type Field, useFields } from './fields.ts';
import { NoteEntry } from './note-entry.tsx';

export type Entry = Item<'/api/contacts/{contact_id}/timeline'>;

const icons: Record<Entry['type'], IconName> = {
  activity: 'check',
  note: 'edit',
  deal: 'board',
  stage_move: 'board',
  change: 'person',
};

export function TimelineEntry({ contact, entry }: { contact: string; entry: Entry }) {
  const { t } = useTranslation('contacts');
  const people = usePeople();
  const who = people.nameOf(entry.user_id) ?? t('timeline.system');
  return (
    <li className={classes.entry} data-type={entry.type}>
      <span className={classes.mark}>
        <Icon name={icons[entry.type]} size={14} />
      </span>
      {entry.type === 'note' ? (
        <NoteEntry contact={contact} entry={entry} who={who} />
      ) : (
        <div className={classes.said}>
          <p className={classes.byline}>
            <b>{who}</b> {t(`timeline.did.${didOf(entry)}`)} <RelativeTime at={entry.at} />
          </p>
          <Body entry={entry} />
        </div>
      )}
    </li>
  );
}

const didOf = (entry: Entry) => {
  if (entry.type === 'change') return changeOf(entry);
  // What was done already when it was entered, or since, is planned no more.
  return entry.type === 'activity' && entry.details.status === 'completed' ? 'activityDone' : entry.type;
};

const known = ['create', 'delete', 'restore'];
const changeOf = ({ title }: Entry) => (known.includes(title ?? '') ? title : 'update');

function Body({ entry }: { entry: Entry }): ReactNode {
  const { t } = useTranslation('contacts');
  const details = entry.details as Record<string, string | undefined>;
  switch (entry.type) {
    case 'activity':
      return (
        <p className={classes.body}>
          {entry.title}
          <span className={classes.soft}>
            {' '}
            {t(`activities.types.${details.type}`)} · {t(`activities.statuses.${details.status}`)}
            {details.outcome ? ` · ${details.outcome}` : ''}
          </span>
        </p>
      );
    case 'deal':
      return (
        <p className={classes.body}>
          {entry.title} <Money value={details.value ?? '0'} currency={details.currency ?? 'USD'} round />
        </p>
      );
    case 'stage_move':
      return (
        <p className={classes.body}>
          {entry.title}
          <span className={classes.soft}>{` ${details.from} → ${details.to}`}</span>
        </p>
      );
    default:
      return <Changes details={entry.details} />;
  }
}

type Values = Record<string, unknown>;

/** What was before and after, field by field; what the app keeps for itself is not told. */
function Changes({ details }: { details: Record<string, unknown> }) {
  const fields = useFields();
  const { before = {}, after = {} } = details as { before?: Values; after?: Values };
  const flat = ({ custom_fields, ...values }: Values): Values => ({
    ...values,
    ...Object.fromEntries(Object.entries((custom_fields as Values) ?? {}).map(([key, value]) => [`cf.${key}`, value])),
  });
  const was = flat(before ?? {});
  const is = flat(after ?? {});
  const told = fields.filter(
    ({ key, type }) =>
      type !== 'time' && (key in was || key in is) && JSON.stringify(was[key]) !== JSON.stringify(is[key]),
  );
  if (told.length === 0) return null;
  return (
    <ul className={classes.changes}>
      {told.map((field) => (
        <li key={field.key}>
          <span className={classes.soft}>{field.label}</span> <Told field={field} value={was[field.key]} />
          <span className={classes.soft} aria-hidden="true">
            →
          </span>
          <Told field={field} value={is[field.key]} />
        </li>
      ))}
    </ul>
  );
}

function Told({ field, value }: { field: Field; value: unknown }) {
  const { t } = useTranslation('contacts');
  const isNothing =
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return isNothing ? (
    <i className={classes.soft}>{t('timeline.nothing')}</i>
  ) : (
    <FieldValue field={field} value={value} />
  );
}
