import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Confirm } from '../../../web/kit/confirm.tsx';
import { offerUndo } from '../../../web/kit/undo.tsx';
import { trashPlace } from '../../trash/web/place.ts';
import { type Contact, fullName } from './contact.ts';

/** Deletes the contact of a page, and asks first where deals are open with it. */
export function useContactRemoval(contact: Contact | undefined) {
  const { t } = useTranslation(['contacts', 'trash']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState(0);
  const id = contact?.id ?? '';
  const params = { path: { contact_id: id } };
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/api/contacts/{contact_id}', { params })),
    onSuccess: () => {
      offerUndo(
        t('bulk.deleted', { count: 1 }),
        async () => {
          await answer(api.POST('/api/contacts/{contact_id}/restore', { params }));
          await client.invalidateQueries({ queryKey: ['contacts'] });
          await navigate({ to: `/contacts/${id}` } as object);
        },
        { text: t('trash:where'), place: trashPlace('contacts') },
      );
      void navigate({ to: '/contacts' } as object);
      client.removeQueries({ queryKey: ['contacts', 'one', id] });
      return client.invalidateQueries({ queryKey: ['contacts'] });
    },
  });
  const ask = useMutation({
    mutationFn: async () => {
      const query = { contact_id: id, status: 'open', limit: 1, include_total: true } as const;
      return (await answer(api.GET('/api/deals', { params: { query } }))).total ?? 0;
    },
    onSuccess: (count) => (count > 0 ? setOpen(count) : remove.mutate()),
  });
  return {
    begin: () => ask.mutate(),
    isBusy: ask.isPending || remove.isPending,
    dialog: open > 0 && contact && (
      <Confirm
        title={t('remove.title', { name: fullName(contact) })}
        text={t('remove.deals', { count: open })}
        action={t('bulk.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setOpen(0)}
      />
    ),
  };
}
