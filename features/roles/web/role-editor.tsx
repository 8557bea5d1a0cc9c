import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import { Confirm } from '../../../web/kit/confirm.tsx';
import { Form, Pair, Submit } from '../../../web/kit/form.tsx';
import { fieldErrors } from '../../../web/kit/form-problem.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { ListPane } from '../../../web/kit/list-pane.tsx';
import { Page } from '../../../web/kit/page.tsx';
import type { Role } from './permissions.ts';
import { RoleMatrix } from './role-matrix.tsx';

interface Props {
  /** Undefined for one that is to be made. */
  role: Role | undefined;
  resources: string[];
  onClose: () => void;
}

export function RoleEditor({ role, resources, onClose }: Props) {
  const { t } = useTranslation('roles');
  const [isAsking, setAsking] = useState(false);
  const form = useForm({
    initialValues: {
      name: role?.name ?? '',
      description: role?.description ?? '',
      permissions: role?.permissions ?? {},
    },
    validate: { name: (value) => (value.trim() ? null : t('required')) },
  });
  const path = { role_id: role?.id ?? '' };
  const save = useChange(
    ({ description, ...values }: typeof form.values) => {
      const body = { ...values, description: description || null };
      if (!role) return answer(api.POST('/api/roles', { body }));
      const headers = { 'if-match': `"${role.version}"` };
      return answer(api.PUT('/api/roles/{role_id}', { params: { path }, body, headers }));
    },
    {
      tables: ['roles'],
      done: ({ name }) => t('saved', { name }),
      onDone: onClose,
      onError: (error) => form.setErrors(fieldErrors(error)),
    },
  );
  const remove = useChange(() => answer(api.DELETE('/api/roles/{role_id}', { params: { path } })), {
    tables: ['roles'],
    done: t('deleted', { name: role?.name }),
    onDone: onClose,
  });
  return (
    <Page
      title={role?.name ?? t('new')}
      actions={
        <Button variant="default" leftSection={<Icon name="back" size={15} />} onClick={onClose}>
          {t('back')}
        </Button>
      }
    >
      <ListPane isLoading={false}>
        <Form error={save.error} onSubmit={form.onSubmit((values) => save.mutate(values))}>
          <Pair>
            <TextInput {...form.getInputProps('name')} label={t('name')} maxLength={50} autoFocus={!role} />
            <TextInput {...form.getInputProps('description')} label={t('description')} maxLength={255} />
          </Pair>
          <p style={{ margin: 0, color: 'var(--ink-soft)' }}>{t('matrixHint')}</p>
          <RoleMatrix
            resources={resources}
            permissions={form.values.permissions}
            onChange={(permissions) => form.setFieldValue('permissions', permissions)}
          />
          <Submit label={t(role ? 'save' : 'create', { ns: 'app' })} busy={save.isPending}>
            {role && (
              <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
                {t('delete')}
              </Button>
            )}
          </Submit>
        </Form>
      </ListPane>
      {isAsking && role && (
        <Confirm
          title={t('deleteTitle', { name: role.name })}
          text={t(role.user_count > 0 ? 'deleteUsed' : 'deleteText', { count: role.user_count })}
          action={t('delete')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </Page>
  );
}
