import { Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { usePeople } from '../../../web/api/people.ts';
import { Form, Pair, Submit } from '../../../web/kit/form.tsx';
import { FormDrawer } from '../../../web/kit/form-drawer.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { renew } from '../../../web/queries.ts';
import { useUser } from '../../../web/session/use-session.ts';
import { find as findContacts } from '../../contacts/web/find.ts';
import { find as findDeals } from '../../deals/web/find.ts';
import { type Activity, fromField, toField } from './activity.ts';
import { fieldsOf, reminderChoices, toBody, type Values, valuesOf } from './form-values.ts';
import { RecordSelect } from './record-select.tsx';
import { TypeChoice } from './type-choice.tsx';
import { change } from './use-activities.ts';

export interface Defaults {
  due_date?: string;
  contact?: { id: string; name: string };
  deal?: { id: string; title: string };
}

interface Props {
  /** Left out for a new one. */
  activity?: Activity;
  defaults?: Defaults;
  onClose: () => void;
}

export function ActivityForm(props: Props) {
  const { t } = useTranslation(['activities', 'app']);
  return (
    <FormDrawer onClose={props.onClose} title={t(props.activity ? 'edit' : 'new')}>
      <Fields {...props} />
    </FormDrawer>
  );
}

function Fields({ activity: given, defaults, onClose }: Props) {
  // As it was when the form opened: what a colleague changes meanwhile arrives by itself, and must not pass for read.
  const [activity] = useState(given);
  const { t } = useTranslation(['activities', 'app']);
  const user = useUser();
  const { options, nameOf } = usePeople();
  const form = useForm<Values>({
    initialValues: activity ? fieldsOf(activity) : valuesOf(user.id, defaults),
    validate: {
      subject: (value) => (value.trim() ? null : t('required')),
      duration_minutes: (value) => (/^\d{0,5}$/.test(value.trim()) ? null : t('minutesWrong')),
      reminder: (value, { due }) => (value !== '' && value !== 'at' && !due ? t('reminderNeedsDue') : null),
    },
  });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (values: Values) =>
      activity
        ? change(activity.id, toBody(values), activity.version)
        : answer(api.POST('/api/activities', { body: toBody(values) })),
    onSuccess: ({ subject }) => {
      notifyDone(t(activity ? 'saved' : 'created', { subject }));
      onClose();
      return renew('activities');
    },
    onError: (error) => {
      const { due_date, reminder_at, ...rest } = fieldErrors(error);
      form.setErrors({
        ...rest,
        ...(due_date ? { due: due_date } : {}),
        ...(reminder_at ? { reminder: reminder_at } : {}),
      });
    },
  });
  const field = (name: keyof Values & string) => ({ ...form.getInputProps(name), label: t(`form.${name}`) });
  const { values } = form;
  return (
    <Form error={save.error} onSubmit={form.onSubmit((submitted) => save.mutate(submitted))}>
      <TypeChoice value={values.type} onChange={(type) => form.setFieldValue('type', type)} />
      <TextInput {...field('subject')} data-autofocus autoComplete="off" maxLength={255} />
      <Pair>
        <TextInput {...field('due')} type="datetime-local" />
        <TextInput {...field('duration_minutes')} inputMode="numeric" autoComplete="off" />
      </Pair>
      <Pair>
        <Select
          {...field('reminder')}
          data={reminderChoices.map((value) => ({ value, label: t(`reminders.${value || 'none'}`) }))}
        />
        {values.reminder === 'at' ? (
          <TextInput
            label={t('form.reminderAt')}
            type="datetime-local"
            value={toField(values.reminderAt)}
            onChange={(event) => form.setFieldValue('reminderAt', fromField(event.currentTarget.value))}
          />
        ) : (
          <Select
            {...field('priority')}
            data={['0', '1', '2', '3'].map((value) => ({ value, label: t(`priorities.${value}`) }))}
          />
        )}
      </Pair>
      <RecordSelect
        table="contacts"
        label={t('fields.contact_id')}
        value={values.contact_id}
        name={values.contact_name}
        find={findContacts}
        error={form.errors.contact_id as string | undefined}
        onChange={(id, name) => form.setValues({ contact_id: id, contact_name: name })}
      />
      <RecordSelect
        table="deals"
        label={t('fields.deal_id')}
        value={values.deal_id}
        name={values.deal_title}
        find={findDeals}
        error={form.errors.deal_id as string | undefined}
        onChange={(id, title) => form.setValues({ deal_id: id, deal_title: title })}
      />
      {user.role !== 'sales_rep' && (
        <Select {...field('owner_id')} searchable data={owners(options, values.owner_id, nameOf(values.owner_id))} />
      )}
      <TextInput {...field('location')} autoComplete="off" maxLength={255} />
      <Textarea {...field('description')} autosize minRows={2} maxRows={8} />
      <Submit label={t(activity ? 'save' : 'create', { ns: 'app' })} busy={save.isPending} />
    </Form>
  );
}

/** One who has left still stands in the field, until somebody else is chosen. */
const owners = (options: { value: string; label: string }[], id: string, name: string | undefined) =>
  options.some(({ value }) => value === id) ? options : [...options, { value: id, label: name ?? '' }];
