import { ActionIcon, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { offerUndo } from '../../../web/kit/undo.tsx';

/** What can be done with a note that was written. */
export function NoteMenu({ note, onEdit }: { note: { id: string }; onEdit: (() => void) | undefined }) {
  const { t } = useTranslation('deals');
  const client = useQueryClient();
  const params = { path: { note_id: note.id } };
  const refresh = () => client.invalidateQueries({ queryKey: ['notes'] });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/api/notes/{note_id}', { params })),
    onSuccess: () => {
      offerUndo(t('story.noteRemoved'), async () => {
        await answer(api.POST('/api/notes/{note_id}/restore', { params }));
        await refresh();
      });
      return refresh();
    },
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('story.noteActions')}>
          <Icon name="more" size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {onEdit && (
          <Menu.Item leftSection={<Icon name="edit" size={15} />} onClick={onEdit}>
            {t('story.noteEdit')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<Icon name="trash" size={15} />} onClick={() => remove.mutate()}>
          {t('story.noteRemove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
