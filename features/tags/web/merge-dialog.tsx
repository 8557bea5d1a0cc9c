import { Button, Select } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import type { Tag } from './tag.ts';
import classes from './tags.module.css';

export default function MergeDialog({ tag, all, onClose }: { tag: Tag; all: Tag[]; onClose: () => void }) {
  const { t } = useTranslation('tags');
  const form = useForm({
    initialValues: { into: null as string | null },
    validate: { into: (value) => (value ? null : t('chooseTag')) },
  });
  const merge = useChange(
    ({ into }: typeof form.values) =>
      answer(
        api.POST('/api/tags/{tag_id}/merge', { params: { path: { tag_id: tag.id } }, body: { into: into ?? '' } }),
      ),
    {
      tables: ['tags', 'contacts', 'deals'],
      done: (kept) => t('merged', { name: tag.name, kept: kept.name }),
      onDone: onClose,
    },
  );
  return (
    <Dialog title={t('mergeTitle', { name: tag.name })} onClose={onClose}>
      <Form error={merge.error} onSubmit={form.onSubmit((values) => merge.mutate(values))}>
        <p className={classes.said}>{t('mergeText', { name: tag.name })}</p>
        <Select
          {...form.getInputProps('into')}
          label={t('into')}
          placeholder={t('chooseTag')}
          data={all.filter(({ id }) => id !== tag.id).map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          openOnFocus={false}
          data-autofocus
        />
        <Submit label={t('merge')} busy={merge.isPending} isRisky>
          <Button variant="default" onClick={onClose}>
            {t('cancel', { ns: 'app' })}
          </Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
