import { Select, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { startActing } from '../../../web/session/acting.ts';
import { type PlatformCompany, REASON_LENGTH } from './company.ts';
import classes from './platform.module.css';

const lengths = [15, 30, 60];

/** Who goes in says why; the company reads it. */
export default function ActDialog({
  company,
  onClose,
}: {
  company: Pick<PlatformCompany, 'id' | 'name'>;
  onClose: () => void;
}) {
  const { t } = useTranslation('platform');
  const form = useForm({
    initialValues: { reason: '', minutes: '30' },
    validate: { reason: (value) => (value.trim().length >= REASON_LENGTH ? null : t('reasonShort')) },
  });
  const act = useMutation({
    meta: { quiet: true },
    // Once it has begun, this page is gone and another is shown.
    mutationFn: ({ reason, minutes }: typeof form.values) => startActing(company.id, reason.trim(), Number(minutes)),
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  return (
    <Dialog title={t('act.title', { name: company.name })} onClose={onClose}>
      <Form error={act.error} onSubmit={form.onSubmit((values) => act.mutate(values))}>
        <p className={classes.said}>{t('act.text')}</p>
        <Textarea
          {...form.getInputProps('reason')}
          label={t('reason')}
          description={t('act.reasonHint')}
          rows={3}
          maxLength={500}
          data-autofocus
        />
        <Select
          {...form.getInputProps('minutes')}
          label={t('act.length')}
          data={lengths.map((count) => ({ value: String(count), label: t('act.minutes', { count }) }))}
        />
        <Submit label={t('act.submit')} busy={act.isPending} />
      </Form>
    </Dialog>
  );
}
