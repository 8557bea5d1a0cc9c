import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { FormDrawer } from '../../../web/kit/form-drawer.tsx';
import { FormProblem, fieldErrors } from '../../../web/kit/form-problem.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { useMe } from '../../../web/session/use-me.ts';
import { ownChange } from '../../custom-fields/web/own-field.ts';
import { OwnInput } from '../../custom-fields/web/own-input.tsx';
import { useOwnFields } from '../../custom-fields/web/use-own-fields.ts';
import { amount, isAmount } from './amount.ts';
import { ContactSelect } from './contact-select.tsx';
import { CURRENCIES } from './currencies.ts';
import type { Pipeline } from './deal.ts';
import classes from './deals.module.css';

interface Props {
  pipeline: Pipeline;
  /** Where the deal begins. */
  stage: string;
  /** With whom, where that is known. */
  contact?: { id: string; company?: string | null } | undefined;
  onClose: () => void;
}

export default function CreateDeal(props: Props) {
  const { t } = useTranslation(['deals', 'app']);
  return (
    <FormDrawer onClose={props.onClose} title={t('new')}>
      <CreateForm {...props} />
    </FormDrawer>
  );
}

function CreateForm({ pipeline, stage, contact, onClose }: Props) {
  const { t } = useTranslation(['deals', 'app']);
  const client = useQueryClient();
  const currency = useMe().data?.company?.currency ?? 'USD';
  // Without these nothing new is taken; the others can wait for the deal's page.
  const needed = useOwnFields('deals').filter(({ isRequired }) => isRequired);
  const form = useForm({
    initialValues: {
      title: '',
      value: '',
      currency,
      stage_id: stage,
      contact_id: contact?.id ?? '',
      company: contact?.company ?? '',
      expected_close_date: '',
      custom_fields: {} as Record<string, unknown>,
    },
    validate: {
      title: (value) => (value.trim() ? null : t('required')),
      value: (value) => (isAmount(value) ? null : t('valueWrong')),
    },
  });
  const create = useMutation({
    meta: { quiet: true },
    mutationFn: ({
      company,
      contact_id,
      expected_close_date: close,
      value,
      custom_fields,
      ...rest
    }: typeof form.values) =>
      answer(
        api.POST('/api/deals', {
          body: {
            ...rest,
            value: amount(value),
            pipeline_id: pipeline.id,
            company: company || null,
            contact_id: contact_id || null,
            expected_close_date: close || null,
            custom_fields: ownChange(needed, custom_fields),
          },
        }),
      ),
    onSuccess: (deal) => {
      notifyDone(t('created', { title: deal.title }));
      onClose();
      return client.invalidateQueries({ queryKey: ['deals'] });
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit((values) => create.mutate(values))}>
      <FormProblem error={create.error} />
      <TextInput {...form.getInputProps('title')} label={t('fields.title')} data-autofocus autoComplete="off" />
      <div className={classes.two}>
        <TextInput {...form.getInputProps('value')} label={t('fields.value')} inputMode="decimal" autoComplete="off" />
        <Select
          {...form.getInputProps('currency')}
          label={t('fields.currency')}
          data={[...new Set([currency, ...CURRENCIES])]}
          searchable
        />
      </div>
      <div className={classes.two}>
        <ContactSelect {...form.getInputProps('contact_id')} label={t('fields.contact')} />
        <TextInput {...form.getInputProps('company')} label={t('fields.company')} autoComplete="off" />
      </div>
      <div className={classes.two}>
        <Select
          {...form.getInputProps('stage_id')}
          label={t('fields.stage')}
          data={pipeline.stages.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextInput {...form.getInputProps('expected_close_date')} label={t('fields.expected_close_date')} type="date" />
      </div>
      {needed.map((field) => (
        <OwnInput key={field.key} field={field} {...form.getInputProps(`custom_fields.${field.key}`)} />
      ))}
      <Button type="submit" loading={create.isPending}>
        {t('create', { ns: 'app' })}
      </Button>
    </form>
  );
}
