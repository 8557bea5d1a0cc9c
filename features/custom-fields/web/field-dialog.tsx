import { Checkbox, Select, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { versionNow } from '../../../web/api/version-now.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Pair, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { type Field, fieldsKey, hasOptions, ordering, type Resource, types } from './field.ts';
import { keyFrom } from './key-from.ts';

interface Props {
  resource: Resource;
  /** Undefined for one that is to be made. */
  field: Field | undefined;
  /** Where a new one stands. */
  place: number;
  onClose: () => void;
}

export default function FieldDialog({ resource, field, place, onClose }: Props) {
  const { t } = useTranslation('custom-fields');
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      label: field?.label ?? '',
      key: field?.key ?? '',
      type: field?.type ?? ('text' as Field['type']),
      options: field?.options ?? [],
      is_required: field?.is_required ?? false,
    },
    validate: {
      label: (value) => (value.trim() ? null : t('labelNeeded')),
      key: (value) => (/^[a-z][a-z0-9_]{0,49}$/.test(value) ? null : t('keyWrong')),
      options: (value, { type }) => (hasOptions(type) && value.length === 0 ? t('optionsNeeded') : null),
    },
  });
  const { type } = form.values;
  const save = useChange(
    ({ label, key, options, is_required }: typeof form.values) => {
      const changeable = { label, is_required, options: hasOptions(type) ? options : [] };
      if (!field) {
        return answer(
          api.POST('/api/custom-fields', { body: { resource, key, type, order_index: place, ...changeable } }),
        );
      }
      const listed = client.getQueryData<{ items: Field[] }>(fieldsKey(resource))?.items ?? [];
      const version = versionNow(field, listed, ['label', 'is_required', 'options']);
      return answer(
        api.PATCH('/api/custom-fields/{custom_field_id}', {
          params: { path: { custom_field_id: field.id } },
          body: changeable,
          headers: { 'if-match': `"${version}"` },
        }),
      );
    },
    {
      tables: ['custom_field_definitions'],
      scope: ordering,
      done: ({ label }) => t('saved', { label }),
      onDone: onClose,
      onError: (error) => form.setErrors(fieldErrors(error)),
    },
  );
  const onLabel = (label: string) => {
    // The key follows until somebody writes one of their own.
    const follows = !field && form.values.key === keyFrom(form.values.label);
    form.setValues({ label, ...(follows ? { key: keyFrom(label) } : {}) });
  };
  return (
    <Dialog title={field ? t('editTitle', { label: field.label }) : t('new')} onClose={onClose}>
      <Form error={save.error} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <TextInput
          {...form.getInputProps('label')}
          label={t('label')}
          maxLength={100}
          autoComplete="off"
          data-autofocus
          onChange={({ currentTarget }) => onLabel(currentTarget.value)}
        />
        <Pair>
          <Select
            {...form.getInputProps('type')}
            label={t('type')}
            data={types.map((value) => ({ value, label: t(`types.${value}`) }))}
            disabled={field !== undefined}
          />
          <TextInput
            {...form.getInputProps('key')}
            label={t('key')}
            maxLength={50}
            autoComplete="off"
            spellCheck={false}
            disabled={field !== undefined}
          />
        </Pair>
        <p style={{ margin: '-6px 0 0', fontSize: '0.8rem', color: 'var(--ink-soft)' }}>{t('fixed')}</p>
        {hasOptions(type) && (
          <TagsInput
            {...form.getInputProps('options')}
            label={t('options')}
            description={t(field ? 'optionsKept' : 'optionsHint')}
            maxTags={200}
            splitChars={[',', ';', '\n']}
          />
        )}
        <Checkbox
          {...form.getInputProps('is_required', { type: 'checkbox' })}
          label={t('requiredLabel')}
          description={t('requiredHint')}
        />
        <Submit label={t(field ? 'save' : 'create', { ns: 'app' })} busy={save.isPending} />
      </Form>
    </Dialog>
  );
}
