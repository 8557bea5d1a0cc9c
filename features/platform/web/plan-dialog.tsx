import { Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { type PlatformCompany, plans, type Subscription, subscriptions } from './company.ts';
import classes from './platform.module.css';

/** A day of a trial is over when it is so in UTC. */
const endOf = (day: string) => (day === '' ? null : `${day}T23:59:59Z`);
const dayOf = (time: string | null) => (time === null ? '' : new Date(time).toISOString().slice(0, 10));

/** What the platform decides of a company. Only what was touched is sent: a trial keeps its hour unless its day is changed. */
export default function PlanDialog({ company, onClose }: { company: PlatformCompany; onClose: () => void }) {
  const { t } = useTranslation(['platform', 'app']);
  const form = useForm({
    initialValues: {
      plan: company.plan,
      subscription_status: company.subscription_status as Subscription,
      trial_ends_at: dayOf(company.trial_ends_at),
    },
    validate: { plan: (value) => (value.trim() ? null : t('plan.required')) },
  });
  const save = useChange(
    ({ plan, subscription_status, trial_ends_at }: typeof form.values) =>
      answer(
        api.PUT('/api/companies/{company_id}', {
          params: { path: { company_id: company.id } },
          body: {
            ...(form.isDirty('plan') && { plan: plan.trim() }),
            ...(form.isDirty('subscription_status') && { subscription_status }),
            ...(form.isDirty('trial_ends_at') && { trial_ends_at: endOf(trial_ends_at) }),
          },
        }),
      ),
    {
      tables: ['platform'],
      done: t('plan.done', { name: company.name }),
      onDone: onClose,
      onError: (error) => form.setErrors(fieldErrors(error)),
    },
  );
  const known: string[] = [...subscriptions];
  return (
    <Dialog title={t('plan.title', { name: company.name })} onClose={onClose}>
      <Form error={save.error} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <p className={classes.said}>{t('plan.text')}</p>
        <Autocomplete
          {...form.getInputProps('plan')}
          label={t('plan.plan')}
          data={plans}
          // Those that are not had yet are the ones to choose from.
          filter={({ options }) => options}
          openOnFocus={false}
          maxLength={50}
          data-autofocus
        />
        <Select
          {...form.getInputProps('subscription_status')}
          label={t('plan.subscription')}
          data={(known.includes(company.subscription_status) ? known : [company.subscription_status, ...known]).map(
            (value) => ({ value, label: t(`subscriptions.${value}`, value) }),
          )}
          allowDeselect={false}
        />
        <TextInput
          {...form.getInputProps('trial_ends_at')}
          label={t('plan.trial')}
          description={t('plan.trialHint')}
          type="date"
        />
        <Submit label={t('plan.submit')} busy={save.isPending} disabled={!form.isDirty()}>
          <Button variant="default" onClick={onClose}>
            {t('cancel', { ns: 'app' })}
          </Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
