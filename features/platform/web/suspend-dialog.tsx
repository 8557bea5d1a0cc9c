import { Button, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { type PlatformCompany, REASON_LENGTH } from './company.ts';
import classes from './platform.module.css';

export default function SuspendDialog({ company, onClose }: { company: PlatformCompany; onClose: () => void }) {
  const { t } = useTranslation(['platform', 'app']);
  const client = useQueryClient();
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (value) => (value.trim().length >= REASON_LENGTH ? null : t('reasonShort')) },
  });
  const suspend = useMutation({
    meta: { quiet: true },
    mutationFn: (body: { reason: string }) =>
      answer(
        api.POST('/api/platform/companies/{company_id}/suspend', {
          params: { path: { company_id: company.id } },
          body,
        }),
      ),
    onSuccess: () => {
      notifyDone(t('suspend.done', { name: company.name }));
      onClose();
      return client.invalidateQueries({ queryKey: ['platform'] });
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  return (
    <Dialog title={t('suspend.title', { name: company.name })} onClose={onClose}>
      <Form error={suspend.error} onSubmit={form.onSubmit((values) => suspend.mutate(values))}>
        <p className={classes.said}>{t('suspend.text', { count: company.active_users })}</p>
        <Textarea
          {...form.getInputProps('reason')}
          label={t('reason')}
          description={t('suspend.reasonHint')}
          rows={3}
          maxLength={500}
          data-autofocus
        />
        <Submit label={t('suspend.submit')} busy={suspend.isPending} isRisky>
          <Button variant="default" onClick={onClose}>
            {t('cancel', { ns: 'app' })}
          </Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
