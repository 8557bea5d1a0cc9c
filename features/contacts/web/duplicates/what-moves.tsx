import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../../web/api/client.ts';
import { type Contact, fullName } from '../contact.ts';
import classes from './duplicates.module.css';

const only = (contact_id: string) => ({ params: { query: { contact_id, limit: 1, include_total: true } } });
const counted = {
  deals: (id: string) => answer(api.GET('/api/deals', only(id))),
  activities: (id: string) => answer(api.GET('/api/activities', only(id))),
  notes: (id: string) => answer(api.GET('/api/notes', only(id))),
};
const tables = Object.keys(counted) as (keyof typeof counted)[];

/** Says before the merge what goes over with the duplicate, and that there is no way back. */
export function WhatMoves({ kept, duplicate }: { kept: Contact; duplicate: Contact }) {
  const { t, i18n } = useTranslation('contacts');
  const counts = useQueries({
    queries: tables.map((table) => ({
      queryKey: [table, 'of contact', duplicate.id],
      queryFn: async () => (await counted[table](duplicate.id)).total ?? 0,
    })),
  });
  const tags = duplicate.tags.filter((tag) => !kept.tags.includes(tag));
  const isKnown = counts.every(({ data }) => data !== undefined);
  const moving = [
    ...tables.flatMap((table, at) => {
      const count = counts[at]?.data ?? 0;
      return count > 0 ? [t(`duplicates.moves.${table}`, { count })] : [];
    }),
    ...(tags.length > 0 ? [t('duplicates.moves.tags', { count: tags.length, tags: tags.join(', ') })] : []),
  ];
  const what = new Intl.ListFormat(i18n.language).format(moving);
  const from = fullName(duplicate);
  return (
    <p className={classes.moves}>
      {isKnown && t(moving.length > 0 ? 'duplicates.moves.text' : 'duplicates.moves.nothing', { what, from })}{' '}
      {t('duplicates.moves.noWayBack')}
    </p>
  );
}
