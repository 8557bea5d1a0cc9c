import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Confirm } from '../../../web/kit/confirm.tsx';
import { RowItem } from '../../../web/kit/rows.tsx';
import { lazy } from '../../../web/lazy.ts';
import { type Tag, uses } from './tag.ts';
import { TagMark } from './tag-mark.tsx';
import classes from './tags.module.css';

const TagDialog = lazy(() => import('./tag-dialog.tsx'));
const MergeDialog = lazy(() => import('./merge-dialog.tsx'));

export function TagRow({ tag, all, isAdmin }: { tag: Tag; all: Tag[]; isAdmin: boolean }) {
  const { t } = useTranslation('tags');
  const [task, setTask] = useState<'edit' | 'merge' | 'delete'>();
  const { name } = tag;
  const close = () => setTask(undefined);
  const remove = useChange(() => answer(api.DELETE('/api/tags/{tag_id}', { params: { path: { tag_id: tag.id } } })), {
    tables: ['tags', 'contacts', 'deals'],
    done: t('deleted', { name }),
    onDone: close,
  });
  const used = `${t('contacts', { count: tag.contact_count })} · ${t('deals', { count: tag.deal_count })}`;
  return (
    <>
      <RowItem
        title={<TagMark tag={tag} />}
        detail={uses(tag) > 0 ? used : t('unused')}
        actions={
          isAdmin && (
            <span className={classes.actions}>
              <Button variant="default" size="xs" aria-label={t('editThis', { name })} onClick={() => setTask('edit')}>
                {t('edit')}
              </Button>
              {all.length > 1 && (
                <Button
                  variant="default"
                  size="xs"
                  aria-label={t('mergeThis', { name })}
                  onClick={() => setTask('merge')}
                >
                  {t('merge')}
                </Button>
              )}
              <Button
                variant="subtle"
                size="xs"
                aria-label={t('deleteThis', { name })}
                onClick={() => setTask('delete')}
              >
                {t('delete')}
              </Button>
            </span>
          )
        }
      />
      {task === 'edit' && <TagDialog tag={tag} onClose={close} />}
      {task === 'merge' && <MergeDialog tag={tag} all={all} onClose={close} />}
      {task === 'delete' && (
        <Confirm
          title={t('deleteTitle', { name })}
          text={t(uses(tag) > 0 ? 'deleteUsed' : 'deleteUnused', { used })}
          action={t('deleteSubmit')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(undefined)}
          onClose={close}
        />
      )}
    </>
  );
}
