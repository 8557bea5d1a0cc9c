import { MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../web/api/change.ts';
import { answer, api } from '../../../web/api/client.ts';
import classes from './people.module.css';
import { type Colleague, nameOf } from './people.ts';
import { PersonSelect } from './person-select.tsx';

const roles = ['company_admin', 'sales_manager', 'sales_rep'] as const;
type Change = { user_role?: (typeof roles)[number]; role_id?: string | null; manager_id?: string | null };

/** What an admin decides about a colleague; each takes effect when it is chosen. */
export function PersonFields({ person }: { person: Colleague }) {
  const { t } = useTranslation('users');
  const own = useQuery({ queryKey: ['roles', 'list'], queryFn: () => answer(api.GET('/api/roles')) });
  const teams = useQuery({
    queryKey: ['teams', 'all'],
    queryFn: () => answer(api.GET('/api/teams', { params: { query: { limit: 200 } } })),
  });
  const path = { user_id: person.id };
  const done = t('people.changed', { name: nameOf(person) });
  const change = useChange(
    (body: Change) =>
      answer(
        api.PUT('/api/users/{user_id}', { params: { path }, body, headers: { 'if-match': `"${person.version}"` } }),
      ),
    { tables: ['users', 'roles'], done, loud: true },
  );
  const move = useChange(
    async (chosen: string[]) => {
      const was = person.teams.map(({ id }) => id);
      for (const team_id of chosen.filter((id) => !was.includes(id))) {
        const params = { path: { team_id, ...path } };
        await answer(api.PUT('/api/teams/{team_id}/members/{user_id}', { params, body: {} }));
      }
      for (const team_id of was.filter((id) => !chosen.includes(id))) {
        await answer(api.DELETE('/api/teams/{team_id}/members/{user_id}', { params: { path: { team_id, ...path } } }));
      }
    },
    { tables: ['users', 'teams'], done, loud: true },
  );
  const ownRoles = own.data?.items.filter(({ is_built_in }) => !is_built_in) ?? [];
  return (
    <div className={classes.fields}>
      <Select
        label={t('people.columns.role')}
        description={t(`people.roleHints.${person.user_role}`)}
        data={roles.map((value) => ({ value, label: t(`user.roles.${value}`, { ns: 'app' }) }))}
        value={person.user_role}
        disabled={change.isPending}
        onChange={(value) => value && change.mutate({ user_role: value as (typeof roles)[number] })}
      />
      {ownRoles.length > 0 && (
        <Select
          label={t('people.ownRole')}
          description={t('people.ownRoleHint')}
          data={[
            { value: '', label: t('people.noOwnRole') },
            ...ownRoles.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={person.role_id ?? ''}
          disabled={change.isPending}
          onChange={(value) => change.mutate({ role_id: value || null })}
        />
      )}
      <MultiSelect
        label={t('people.columns.teams')}
        data={teams.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={person.teams.map(({ id }) => id)}
        placeholder={person.teams.length === 0 ? t('people.noTeam') : ''}
        disabled={move.isPending}
        onChange={(chosen) => move.mutate(chosen)}
        searchable
      />
      <PersonSelect
        label={t('people.manager')}
        placeholder={t('people.noManager')}
        except={person.id}
        value={person.manager_id}
        clearable
        clearButtonProps={{ 'aria-label': t('clear', { ns: 'app' }) }}
        disabled={change.isPending}
        onChange={(value) => change.mutate({ manager_id: value })}
      />
    </div>
  );
}
