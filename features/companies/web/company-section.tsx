import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Problem } from '../../../web/api/problem.ts';
import { Form, Pair, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { Section } from '../../../web/kit/sections.tsx';
import { languages } from '../../../web/languages.ts';
import { currencies, timezones } from './choices.ts';
import { type Company, own, readOwn } from './company.ts';

const fields = [
  'name',
  'email',
  'phone',
  'address',
  'zip',
  'city',
  'state',
  'timezone',
  'currency',
  'language',
] as const;
type Values = Record<(typeof fields)[number], string>;
const valuesOf = (company: Company) =>
  Object.fromEntries(fields.map((field) => [field, company[field] ?? ''])) as Values;

export function CompanySection({ company }: { company: Company }) {
  const { t, i18n } = useTranslation('companies');
  const client = useQueryClient();
  // What the form was filled with, not what is there by now: a colleague's change in between is told, not overwritten.
  const [version, setVersion] = useState(company.version);
  const form = useForm({
    initialValues: valuesOf(company),
    validate: { name: (value) => (value.trim() ? null : t('required')) },
  });
  const zones = useMemo(() => timezones(company.timezone), [company.timezone]);
  const money = useMemo(() => currencies(company.currency, i18n.language), [company.currency, i18n.language]);
  const params = { path: { company_id: company.id } };
  const save = useChange(
    async (values: Values) => {
      const changed = fields.filter((field) => form.isDirty(field));
      const body = Object.fromEntries(changed.map((field) => [field, values[field].trim() || null]));
      const headers = { 'if-match': `"${version}"` };
      return own(await answer(api.PUT('/api/companies/{company_id}', { params, body, headers })));
    },
    {
      tables: ['companies', 'users'],
      done: t('saved'),
      onDone: (changed) => {
        setVersion(changed.version);
        form.setValues(valuesOf(changed));
        form.resetDirty(valuesOf(changed));
      },
      onError: (error) => {
        form.setErrors(fieldErrors(error));
        if (error instanceof Problem && error.status === 412) void takeTheirs();
      },
    },
  );
  /** Shows what a colleague saved where this form changes nothing; saving again is then meant. */
  async function takeTheirs() {
    const theirs = await readOwn(company.id);
    const values = form.getValues();
    const touched = fields.filter((field) => form.isDirty(field));
    const mine = Object.fromEntries(touched.map((field) => [field, values[field]]));
    setVersion(theirs.version);
    form.resetDirty(valuesOf(theirs));
    form.setValues({ ...valuesOf(theirs), ...mine });
    await client.invalidateQueries({ queryKey: ['companies'] });
  }
  const text = (field: (typeof fields)[number]) => ({ ...form.getInputProps(field), label: t(`fields.${field}`) });
  return (
    <Section title={t('about')} hint={t('aboutHint')}>
      <Form error={save.error} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <TextInput {...text('name')} autoComplete="organization" maxLength={255} />
        <Pair>
          <TextInput {...text('email')} type="email" autoComplete="off" />
          <TextInput {...text('phone')} type="tel" autoComplete="off" maxLength={50} />
        </Pair>
        <TextInput {...text('address')} autoComplete="off" maxLength={255} />
        <Pair>
          <TextInput {...text('zip')} autoComplete="off" maxLength={20} />
          <TextInput {...text('city')} autoComplete="off" maxLength={100} />
        </Pair>
        <TextInput {...text('state')} autoComplete="off" maxLength={100} />
        <Select {...text('timezone')} data={zones} description={t('timezoneHint')} searchable limit={80} />
        <Select {...text('currency')} data={money} description={t('currencyHint')} searchable limit={80} />
        <Select
          {...text('language')}
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
          description={t('languageHint')}
          allowDeselect={false}
        />
        <Submit label={t('save', { ns: 'app' })} busy={save.isPending} disabled={!form.isDirty()} />
      </Form>
    </Section>
  );
}
