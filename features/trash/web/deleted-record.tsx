import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Problem } from '../../../web/api/problem.ts';
import { wall } from '../../../web/clock.ts';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { type Deleted, ofContact, ofDeal, restore } from './deleted.ts';
import { trashPlace } from './place.ts';
import { useDeleters } from './use-deleters.ts';

interface Props {
  kind: 'contacts' | 'deals';
  id: string;
  /** Why the record itself could not be shown. */
  error: Error;
  retry: () => void;
}

const load = async (kind: Props['kind'], id: string): Promise<Deleted> => {
  const query = { deleted: true };
  return kind === 'contacts'
    ? ofContact(await answer(api.GET('/api/contacts/{contact_id}', { params: { path: { contact_id: id }, query } })))
    : ofDeal(await answer(api.GET('/api/deals/{deal_id}', { params: { path: { deal_id: id }, query } })));
};

/** In place of a record that is not there: that it was deleted, by whom and when, and the way back; else what is wrong. */
export function DeletedRecord({ kind, id, error, retry }: Props) {
  const { t, i18n } = useTranslation('trash');
  const isMissing = error instanceof Problem && error.status === 404;
  const { data, isPending } = useQuery({
    queryKey: [kind, 'deleted', 'one', id],
    queryFn: () => load(kind, id),
    enabled: isMissing,
  });
  const deleters = useDeleters(kind);
  const bring = useMutation({ mutationFn: () => restore(kind, [id]), onSuccess: retry });
  if (!isMissing) return <Trouble error={error} retry={retry} />;
  if (isPending) return <Lines count={3} />;
  if (!data) return <Trouble error={error} retry={retry} />;
  const when = wall(data.deleted_at).toLocaleString(i18n.language, { dateStyle: 'long', timeStyle: 'short' });
  const who = deleters?.get(id);
  const { to, search } = trashPlace(kind);
  return (
    <EmptyState
      icon="trash"
      title={t('record.title', { name: data.name })}
      text={who ? t('record.by', { when, who }) : t('record.at', { when })}
    >
      <span style={{ display: 'flex', gap: 8 }}>
        <Button leftSection={<Icon name="undo" size={15} />} loading={bring.isPending} onClick={() => bring.mutate()}>
          {t('restore')}
        </Button>
        <Button variant="default" renderRoot={(props) => <Link to={to} search={search as never} {...props} />}>
          {t('all')}
        </Button>
      </span>
    </EmptyState>
  );
}
