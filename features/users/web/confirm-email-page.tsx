import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Problem } from '../../../web/api/problem.ts';
import { FormProblem } from '../../../web/kit/form-problem.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { DeadLink } from '../../auth/web/dead-link.tsx';
import entrance from '../../auth/web/entrance.module.css';
import { Entrance } from '../../auth/web/entrance.tsx';

/** Confirms on a press, not by being opened: programs that scan letters open links too. */
export default function ConfirmEmailPage() {
  const { t } = useTranslation('users');
  const [{ token = '' }] = usePageSearch();
  const confirm = useMutation({
    meta: { quiet: true },
    mutationFn: () => answer(api.POST('/api/users/confirm-email', { body: { token } })),
  });
  const isDead = confirm.error instanceof Problem && [400, 404, 409, 410].includes(confirm.error.status);
  if (token === '' || isDead) {
    return (
      <DeadLink title={t('confirm.deadTitle')} text={t('confirm.dead')} to="/profile" action={t('confirm.profile')} />
    );
  }
  if (confirm.data) {
    return (
      <Entrance title={t('confirm.doneTitle')}>
        <p className={entrance.said} role="status">
          {confirm.data.message}
        </p>
        <Button component={Link} to="/" fullWidth>
          {t('confirm.goOn')}
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance title={t('confirm.title')}>
      <p className={entrance.said}>{t('confirm.hint')}</p>
      <FormProblem error={confirm.error} />
      <Button fullWidth loading={confirm.isPending} onClick={() => confirm.mutate()}>
        {t('confirm.submit')}
      </Button>
    </Entrance>
  );
}
