import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { wall } from '../../../web/clock.ts';
import { nameOf, usePeople } from '../../users/web/people.ts';
import classes from './audit.module.css';
import { isEmpty } from './entry.ts';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** A column as people call it: its text where there is one, its own words otherwise. */
export function useFieldName() {
  const { t } = useTranslation('audit-log');
  return useCallback(
    (field: string) => {
      const words = field.replace(/_id$/, '').replaceAll('_', ' ');
      return t(`fields.${field}`, words.charAt(0).toUpperCase() + words.slice(1));
    },
    [t],
  );
}

/** A value as people read it: a person's id is their name, a time is theirs. */
export function Value({ value }: { value: unknown }) {
  const { t, i18n } = useTranslation('audit-log');
  const people = usePeople();
  if (isEmpty(value)) return <span className={classes.none}>{t('empty')}</span>;
  if (typeof value === 'boolean') return <>{t(value ? 'yes' : 'no')}</>;
  if (typeof value === 'number') return <>{value.toLocaleString(i18n.language)}</>;
  if (typeof value === 'string') {
    const person = people.data?.find(({ id }) => id === value);
    if (person) return <>{nameOf(person)}</>;
    if (INSTANT.test(value)) {
      return <>{wall(value).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })}</>;
    }
    return <>{value}</>;
  }
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return <>{value.join(', ')}</>;
  return <>{JSON.stringify(value, null, 1)}</>;
}
