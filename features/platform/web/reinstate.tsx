import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { notifyDone } from '../../../web/kit/notify.ts';
import type { PlatformCompany } from './company.ts';

export function Reinstate({ company }: { company: PlatformCompany }) {
  const { t } = useTranslation('platform');
  const client = useQueryClient();
  const reinstate = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/platform/companies/{company_id}/reinstate', { params: { path: { company_id: company.id } } }),
      ),
    onSuccess: () => notifyDone(t('reinstated', { name: company.name })),
    onSettled: () => client.invalidateQueries({ queryKey: ['platform'] }),
  });
  return (
    <Button size="xs" loading={reinstate.isPending} onClick={() => reinstate.mutate()}>
      {t('reinstate')}
    </Button>
  );
}
