import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { Problem } from '../../../web/api/problem.ts';
import { ownZone } from '../../../web/clock.ts';
import { Form, Pair, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { Section } from '../../../web/kit/sections.tsx';
import { languages } from '../../../web/languages.ts';
import { timezones } from '../../companies/web/choices.ts';
import { AvatarField } from './avatar-field.tsx';

type Me = Answer<'/api/users/me', 'get'>;

const valuesOf = (me: Me) => ({
  first_name: me.first_name,
  last_name: me.last_name,
  title: me.title ?? '',
  phone: me.phone ?? '',
  language: me.language ?? '',
  timezone: me.timezone ?? '',
});
type Values = ReturnType<typeof valuesOf>;
const fields = ['first_name', 'last_name', 'title', 'phone', 'language', 'timezone'] as const;

export function PersonSection({ me }: { me: Me }) {
  const { t } = useTranslation('users');
  const client = useQueryClient();
  // As it was when the form was filled: what another window of theirs changes since then is told, not overwritten.
  const [base, setBase] = useState(me);
  const form = useForm({
    initialValues: valuesOf(me),
    validate: { first_name: (value) => (value.trim() ? null : t('required')) },
  });
  const isStaff = me.company === null;
  const zones = useMemo(
    () => [
      { value: '', label: t('zoneOfBrowser', { zone: ownZone().replaceAll('_', ' ') }) },
      ...timezones(me.timezone ?? 'UTC'),
    ],
    [t, me.timezone],
  );
  const spokenHere = [
    { value: '', label: t('languageOfBrowser') },
    ...Object.entries(languages).map(([value, label]) => ({ value, label })),
  ];
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: ({ first_name, last_name, ...rest }: Values) => {
      const more = Object.fromEntries(Object.entries(rest).map(([field, value]) => [field, value || null]));
      const body = { first_name, last_name, ...(isStaff ? {} : more) };
      // A new picture counts as a change too, but takes nothing from this form.
      const isSame = fields.every((field) => valuesOf(me)[field] === valuesOf(base)[field]);
      const { version } = isSame ? me : base;
      const headers = version === undefined ? {} : { 'if-match': `"${version}"` };
      return answer(api.PUT('/api/users/me', { body, headers }));
    },
    onSuccess: (changed) => {
      setBase(changed);
      form.resetDirty(valuesOf(changed));
      notifyDone(t('saved'));
      return client.invalidateQueries({ queryKey: ['users'] });
    },
    onError: (error) => {
      form.setErrors(fieldErrors(error));
      // Where it cannot be read now, saving is refused again.
      if (error instanceof Problem && error.status === 412) void takeTheirs().catch(() => undefined);
    },
  });
  /** Shows what was saved elsewhere where this form changes nothing; saving again is then meant. */
  async function takeTheirs() {
    const theirs = await answer(api.GET('/api/users/me'));
    const values = form.getValues();
    const touched = fields.filter((field) => form.isDirty(field));
    const mine = Object.fromEntries(touched.map((field) => [field, values[field]]));
    setBase(theirs);
    form.resetDirty(valuesOf(theirs));
    form.setValues({ ...valuesOf(theirs), ...mine });
    await client.invalidateQueries({ queryKey: ['users'] });
  }
  return (
    <Section title={t('person')} hint={t(isStaff ? 'personStaffHint' : 'personHint')}>
      {!isStaff && <AvatarField me={me} />}
      <Form error={save.error} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Pair>
          <TextInput {...form.getInputProps('first_name')} label={t('fields.first_name')} autoComplete="given-name" />
          <TextInput {...form.getInputProps('last_name')} label={t('fields.last_name')} autoComplete="family-name" />
        </Pair>
        {!isStaff && (
          <Pair>
            <TextInput
              {...form.getInputProps('title')}
              label={t('fields.title')}
              autoComplete="organization-title"
              maxLength={100}
            />
            <TextInput {...form.getInputProps('phone')} label={t('fields.phone')} type="tel" autoComplete="tel" />
          </Pair>
        )}
        {!isStaff && (
          <Pair>
            <Select
              {...form.getInputProps('language')}
              label={t('fields.language')}
              description={t('languageHint')}
              data={spokenHere}
              allowDeselect={false}
            />
            <Select
              {...form.getInputProps('timezone')}
              label={t('fields.timezone')}
              description={t('timezoneHint')}
              data={zones}
              searchable
              limit={80}
              allowDeselect={false}
            />
          </Pair>
        )}
        <Submit label={t('save')} busy={save.isPending} disabled={!form.isDirty()} />
      </Form>
    </Section>
  );
}
