import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { colors, type Tag, uses } from './tag.ts';
import { Dot } from './tag-mark.tsx';
import classes from './tags.module.css';

export default function TagDialog({ tag, onClose }: { tag?: Tag; onClose: () => void }) {
  const { t } = useTranslation('tags');
  const form = useForm({
    initialValues: { name: tag?.name ?? '', color: tag?.color ?? (null as string | null) },
    validate: { name: (value) => (value.trim() ? null : t('nameNeeded')) },
  });
  const save = useChange(
    (body: typeof form.values) => {
      if (!tag) return answer(api.POST('/api/tags', { body }));
      const params = { path: { tag_id: tag.id } };
      return answer(api.PATCH('/api/tags/{tag_id}', { params, body, headers: { 'if-match': `"${tag.version}"` } }));
    },
    {
      tables: ['tags', 'contacts', 'deals'],
      done: ({ name }) => t('saved', { name }),
      onDone: onClose,
      onError: (error) => form.setErrors(fieldErrors(error)),
    },
  );
  const own = tag?.color && !colors.some(([color]) => color === tag.color) ? [[tag.color, tag.color] as const] : [];
  return (
    <Dialog title={tag ? t('editTitle', { name: tag.name }) : t('new')} onClose={onClose}>
      <Form error={save.error} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <TextInput
          {...form.getInputProps('name')}
          label={t('name')}
          description={tag && uses(tag) > 0 ? t('renameHint') : undefined}
          maxLength={50}
          autoComplete="off"
          data-autofocus
        />
        <fieldset className={classes.colors}>
          <legend className={classes.legend}>{t('color')}</legend>
          <div className={classes.swatches}>
            {[[null, 'none'] as const, ...colors, ...own].map(([color, called]) => (
              <label key={called} className={classes.swatch} title={t(`colors.${called}`, called)}>
                <input
                  type="radio"
                  name="color"
                  aria-label={t(`colors.${called}`, called)}
                  checked={form.values.color === color}
                  onChange={() => form.setFieldValue('color', color)}
                />
                <Dot color={color} />
              </label>
            ))}
          </div>
        </fieldset>
        <Submit label={t(tag ? 'save' : 'create', { ns: 'app' })} busy={save.isPending} />
      </Form>
    </Dialog>
  );
}
