import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { FormDrawer } from '../../../web/kit/form-drawer.tsx';
import { FormProblem, fieldErrors } from '../../../web/kit/form-problem.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { ownChange } from '../../custom-fields/web/own-field.ts';
import { OwnInput } from '../../custom-fields/web/own-input.tsx';
import { useOwnFields } from '../../custom-fields/web/use-own-fields.ts';
import { Alike } from './alike.tsx';
import { type ContactStatus, fullName, statuses } from './contact.ts';
import classes from './contacts.module.css';

const empty = {
  first_name: '',
  last_name: '',
  email: '',
  phone: '',
  company: '',
  title: '',
  status: 'NEW' as ContactStatus,
  custom_fields: {} as Record<string, unknown>,
};

export default function CreateContact({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['contacts', 'app']);
  return (
    <FormDrawer onClose={onClose} title={t('new')}>
      <CreateForm onClose={onClose} />
    </FormDrawer>
  );
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['contacts', 'app']);
  const client = useQueryClient();
  const needed = (value: string) => (value.trim() ? null : t('required'));
  // Without these nothing new is taken; the others can wait for the contact's page.
  const own = useOwnFields('contacts').filter(({ isRequired }) => isRequired);
  const form = useForm({
    initialValues: empty,
    validate: {
      first_name: needed,
      last_name: needed,
      email: (value) => (value === '' || /^\S+@\S+$/.test(value) ? null : t('emailWrong')),
    },
  });
  const create = useMutation({
    meta: { quiet: true },
    mutationFn: ({ email, phone, company, title, custom_fields, ...values }: typeof empty) =>
      answer(
        api.POST('/api/contacts', {
          body: {
            ...values,
            email: email || null,
            phone: phone || null,
            company: company || null,
            title: title || null,
            custom_fields: ownChange(own, custom_fields),
          },
        }),
      ),
    onSuccess: (contact) => {
      notifyDone(t('created', { name: fullName(contact) }));
      onClose();
      return client.invalidateQueries({ queryKey: ['contacts'] });
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  const field = (name: keyof typeof empty) => ({ ...form.getInputProps(name), label: t(`fields.${name}`) });
  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit((values) => create.mutate(values))}>
      <FormProblem error={create.error} />
      <div className={classes.two}>
        <TextInput {...field('first_name')} data-autofocus autoComplete="off" />
        <TextInput {...field('last_name')} autoComplete="off" />
      </div>
      <TextInput {...field('email')} type="email" autoComplete="off" />
      <TextInput {...field('phone')} type="tel" autoComplete="off" />
      <Alike email={form.values.email} phone={form.values.phone} />
      <div className={classes.two}>
        <TextInput {...field('company')} autoComplete="off" />
        <TextInput {...field('title')} autoComplete="off" />
      </div>
      <Select
        {...form.getInputProps('status')}
        label={t('status')}
        data={statuses.map((value) => ({ value, label: t(`statuses.${value}`) }))}
      />
      {own.map((each) => (
        <OwnInput key={each.key} field={each} {...form.getInputProps(`custom_fields.${each.key}`)} />
      ))}
      <Button type="submit" loading={create.isPending}>
        {t('create', { ns: 'app' })}
      </Button>
    </form>
  );
}
