import { ActionIcon, Button, Menu } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { offerUndo } from '../../../web/kit/undo.tsx';
import { trashPlace } from '../../trash/web/place.ts';
import type { Deal, Pipeline, Stage } from './deal.ts';
import { dealKey } from './use-deal.ts';

interface Props {
  deal: Deal;
  pipeline: Pipeline;
  onEdit: () => void;
  onMove: (deal: Deal, stage: Stage) => void;
}

export function DealActions({ deal, pipeline, onEdit, onMove }: Props) {
  const { t } = useTranslation('deals');
  const remove = useRemove(deal);
  const current = pipeline.stages.find(({ id }) => id === deal.stage_id);
  const won = pipeline.stages.find((stage) => stage.is_won);
  const lost = pipeline.stages.find((stage) => stage.is_closed && !stage.is_won);
  // Where it goes on: the last stage before it was decided.
  const back = pipeline.stages.filter((stage) => !stage.is_closed).at(-1);
  return (
    <>
      {current?.is_closed && back ? (
        <Button variant="default" onClick={() => onMove(deal, back)}>
          {t('reopen')}
        </Button>
      ) : (
        <>
          {won && (
            <Button leftSection={<Icon name="check" size={16} />} onClick={() => onMove(deal, won)}>
              {t('statuses.won')}
            </Button>
          )}
          {lost && (
            <Button variant="default" onClick={() => onMove(deal, lost)}>
              {t('statuses.lost')}
            </Button>
          )}
        </>
      )}
      <Button variant="default" leftSection={<Icon name="edit" size={15} />} onClick={onEdit}>
        {t('edit')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('actions', { title: deal.title })}>
            <Icon name="more" size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="trash" size={15} />} onClick={() => remove.mutate()}>
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** To the bin, and out of it again by undo. */
function useRemove(deal: Deal) {
  const { t } = useTranslation(['deals', 'trash']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const params = { path: { deal_id: deal.id } };
  const refresh = () => client.invalidateQueries({ queryKey: ['deals'] });
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/deals/{deal_id}', { params })),
    onSuccess: async () => {
      await navigate({ to: '/deals' });
      offerUndo(
        t('removed', { title: deal.title }),
        async () => {
          await answer(api.POST('/api/deals/{deal_id}/restore', { params }));
          await refresh();
        },
        { text: t('trash:where'), place: trashPlace('deals') },
      );
      client.removeQueries({ queryKey: dealKey(deal.id) });
      return refresh();
    },
  });
}
