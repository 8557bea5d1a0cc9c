import { Button, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { usePeople } from '../../../web/api/people.ts';
import { Form, Pair, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { OwnInput } from '../../custom-fields/web/own-input.tsx';
import { useOwnFields } from '../../custom-fields/web/use-own-fields.ts';
import { isAmount } from './amount.ts';
import { ContactSelect } from './contact-select.tsx';
import { CURRENCIES } from './currencies.ts';
import type { Deal } from './deal.ts';
import { EditClash } from './edit-clash.tsx';
import { changeOf, clashing, differing, rebased, type Values, valuesOf } from './edit-values.ts';
import { useDeal } from './use-deal.ts';

/** Changes a deal. What colleagues change meanwhile is taken over; where both changed the same, it asks whose stays. */
export function EditForm({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const { t } = useTranslation(['deals', 'app']);
  const client = useQueryClient();
  const people = usePeople();
  const own = useOwnFields('deals');
  const live = useDeal(deal.id).data ?? deal;
  const [base, setBase] = useState(deal);
  const form = useForm<Values>({
    initialValues: valuesOf(deal),
    validate: {
      title: (value) => (value.trim() ? null : t('required')),
      value: (value) => (isAmount(value) ? null : t('valueWrong')),
      probability: (value) => (/^(100|\d{1,2})([.,]\d{1,2})?$/.test(value.trim()) ? null : t('chanceWrong')),
    },
  });
  const clashes = clashing(valuesOf(base), form.values, valuesOf(live));
  const takeOver = (givenUp: typeof clashes = []) => {
    form.setValues(rebased(valuesOf(base), form.values, valuesOf(live), givenUp));
    setBase(live);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another version is taken over
  useEffect(() => {
    if (live.version !== base.version && clashes.length === 0) takeOver();
  }, [live.version]);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (values: Values) =>
      answer(
        api.PATCH('/api/deals/{deal_id}', {
          params: { path: { deal_id: deal.id } },
          body: changeOf(valuesOf(base), values, own),
          headers: { 'if-match': `"${base.version}"` },
        }),
      ),
    onSuccess: () => {
      notifyDone(t('saved'));
      onClose();
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['deals'] }),
  });
  const isChanged = differing(valuesOf(base), form.values).length > 0;
  return (
    <Form
      error={clashes.length > 0 ? undefined : save.error}
      onSubmit={form.onSubmit((values) => (isChanged ? save.mutate(values) : onClose()))}
    >
      {clashes.length > 0 && (
        <EditClash
          fields={clashes}
          own={own}
          mine={form.values}
          theirs={valuesOf(live)}
          onMine={() => takeOver()}
          onTheirs={() => takeOver(clashes)}
        />
      )}
      <TextInput
        {...form.getInputProps('title')}
        label={t('fields.title')}
        maxLength={255}
        autoComplete="off"
        data-autofocus
      />
      <Pair>
        <TextInput {...form.getInputProps('value')} label={t('fields.value')} inputMode="decimal" autoComplete="off" />
        <Select
          {...form.getInputProps('currency')}
          label={t('fields.currency')}
          data={[...new Set([deal.currency, ...CURRENCIES])]}
          searchable
        />
      </Pair>
      <Pair>
        <TextInput {...form.getInputProps('expected_close_date')} label={t('fields.expected_close_date')} type="date" />
        <TextInput
          {...form.getInputProps('probability')}
          label={t('fields.probability')}
          rightSection="%"
          inputMode="decimal"
          autoComplete="off"
        />
      </Pair>
      <Pair>
        <Select {...form.getInputProps('owner_id')} label={t('fields.owner')} data={people.options} searchable />
        <ContactSelect {...form.getInputProps('contact_id')} label={t('fields.contact')} />
      </Pair>
      <TextInput {...form.getInputProps('company')} label={t('fields.company')} maxLength={255} autoComplete="off" />
      {own.length > 0 && (
        <Pair>
          {own.map((field) => (
            <OwnInput key={field.key} field={field} {...form.getInputProps(`custom_fields.${field.key}`)} />
          ))}
        </Pair>
      )}
      <TagsInput {...form.getInputProps('tags')} label={t('fields.tags')} maxTags={50} clearable={false} />
      <Textarea
        {...form.getInputProps('description')}
        label={t('fields.description')}
        autosize
        minRows={3}
        maxRows={12}
      />
      <Submit label={t('save', { ns: 'app' })} busy={save.isPending} disabled={clashes.length > 0}>
        <Button variant="default" onClick={onClose}>
          {t('cancel', { ns: 'app' })}
        </Button>
      </Submit>
    </Form>
  );
}
