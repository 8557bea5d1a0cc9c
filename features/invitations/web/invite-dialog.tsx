import { Alert, Button, Select, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Pair, Submit } from '../../../web/kit/form.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { notifyDone, problemText } from '../../../web/kit/notify.ts';
import { useUser } from '../../../web/session/use-session.ts';

const roles = ['sales_rep', 'sales_manager', 'company_admin'] as const;
const addressesIn = (text: string) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
const looksRight = (address: string) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address);

/** Invites several at once: each gets a letter of their own, and whoever cannot be invited stays in the form. */
export default function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('invitations');
  const client = useQueryClient();
  const teams = useQuery({
    queryKey: ['teams', 'all'],
    queryFn: () => answer(api.GET('/api/teams', { params: { query: { limit: 200 } } })),
  });
  // Only admins are told what the installation is connected to.
  const isAdmin = useUser().role === 'company_admin';
  const { data: connected } = useQuery({
    queryKey: ['integrations'],
    queryFn: () => answer(api.GET('/api/integrations')),
    enabled: isAdmin,
  });
  const isUnsent = connected?.mail.delivery === 'files';
  const form = useForm({
    initialValues: { addresses: '', user_role: 'sales_rep' as (typeof roles)[number], team_id: '', message: '' },
    validate: {
      addresses: (text) => {
        const wrong = addressesIn(text).find((address) => !looksRight(address));
        if (wrong) return t('send.wrong', { address: wrong });
        return addressesIn(text).length > 0 ? null : t('send.needed');
      },
    },
  });
  const send = useMutation({
    meta: { quiet: true },
    mutationFn: async ({ addresses, user_role, team_id, message }: typeof form.values) => {
      const failed: { address: string; why: string }[] = [];
      const all = addressesIn(addresses);
      for (const email of all) {
        const body = { email, user_role, team_id: team_id || null, message: message || null };
        await answer(api.POST('/api/invitations/send', { body })).catch((error: unknown) =>
          failed.push({ address: email, why: problemText(error) }),
        );
      }
      return { failed, sent: all.length - failed.length };
    },
    onSuccess: ({ failed, sent }) => {
      if (sent > 0) notifyDone(t(isUnsent ? 'send.written' : 'send.sent', { count: sent }));
      form.setFieldValue('addresses', failed.map(({ address }) => address).join('\n'));
      if (failed.length === 0) onClose();
      return client.invalidateQueries({ queryKey: ['invitations'] });
    },
  });
  const failed = send.data?.failed ?? [];
  return (
    <Dialog title={t('send.title')} onClose={onClose}>
      <Form error={send.error} onSubmit={form.onSubmit((values) => send.mutate(values))}>
        {isUnsent && (
          <Alert
            color="yellow"
            variant="light"
            role="status"
            icon={<Icon name="warning" />}
            title={t('send.unsentTitle')}
          >
            {t('send.unsent')}
          </Alert>
        )}
        {failed.length > 0 && (
          <Alert
            color="red"
            variant="light"
            role="alert"
            icon={<Icon name="warning" />}
            title={t('send.failed', { count: failed.length })}
          >
            {failed.map(({ address, why }) => (
              <div key={address}>
                <b>{address}</b>: {why}
              </div>
            ))}
          </Alert>
        )}
        <Textarea
          {...form.getInputProps('addresses')}
          label={t('send.addresses')}
          description={t('send.addressesHint')}
          rows={4}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        <Pair>
          <Select
            {...form.getInputProps('user_role')}
            label={t('send.role')}
            data={roles.map((value) => ({ value, label: t(`user.roles.${value}`, { ns: 'app' }) }))}
          />
          <Select
            {...form.getInputProps('team_id')}
            label={t('send.team')}
            data={[
              { value: '', label: t('send.noTeam') },
              ...(teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Pair>
        <Textarea
          {...form.getInputProps('message')}
          label={t('send.message')}
          description={t('send.messageHint')}
          rows={2}
          maxLength={1000}
        />
        <Submit label={t('send.submit', { count: addressesIn(form.values.addresses).length })} busy={send.isPending}>
          <Button variant="default" onClick={onClose}>
            {t('cancel', { ns: 'app' })}
          </Button>
        </Submit>
      </Form>
    </Dialog>
  );
}
