import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Dialog } from '../../../web/kit/dialog.tsx';
import { Form, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { PersonSelect } from '../../users/web/person-select.tsx';
import type { Team } from './teams-page.tsx';

interface Props {
  team?: Team;
  onClose: () => void;
  onMade?: (team: Team) => void;
}

export default function TeamDialog({ team, onClose, onMade }: Props) {
  const { t } = useTranslation('teams');
  const form = useForm({
    initialValues: {
      name: team?.name ?? '',
      description: team?.description ?? '',
      team_lead_id: team?.team_lead_id ?? (null as string | null),
    },
    validate: { name: (value) => (value.trim() ? null : t('required')) },
  });
  const save = useChange(
    ({ description, ...values }: typeof form.values) => {
      const body = { ...values, description: description || null };
      if (!team) return answer(api.POST('/api/teams', { body }));
      const params = { path: { team_id: team.id } };
      return answer(api.PUT('/api/teams/{team_id}', { params, body, headers: { 'if-match': `"${team.version}"` } }));
    },
    {
      tables: ['teams', 'users'],
      done: ({ name }) => t(team ? 'saved' : 'made', { name }),
      onDone: (made) => {
        onClose();
        onMade?.(made);
      },
      onError: (error) => form.setErrors(fieldErrors(error)),
    },
  );
  return (
    <Dialog title={team ? t('editTitle', { name: team.name }) : t('new')} onClose={onClose}>
      <Form error={save.error} onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <TextInput {...form.getInputProps('name')} label={t('columns.name')} maxLength={100} data-autofocus />
        <Textarea {...form.getInputProps('description')} label={t('columns.description')} rows={2} maxLength={500} />
        <PersonSelect
          {...form.getInputProps('team_lead_id')}
          label={t('columns.lead')}
          description={t('leadHint')}
          clearable
          clearButtonProps={{ 'aria-label': t('clear', { ns: 'app' }) }}
        />
        <Submit label={t(team ? 'save' : 'create', { ns: 'app' })} busy={save.isPending} />
      </Form>
    </Dialog>
  );
}
