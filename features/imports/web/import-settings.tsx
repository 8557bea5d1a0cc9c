import { Radio, SegmentedControl, Select, Stack, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { useUser } from '../../../web/session/use-session.ts';
import { statuses } from '../../contacts/web/contact.ts';
import { countries } from './country-codes.ts';
import type { Import } from './import.ts';
import classes from './imports.module.css';

const modes = ['skip', 'update', 'create'] as const;

export type SettingsChange = Partial<
  Pick<Import, 'mode' | 'match_by' | 'default_status' | 'owner_id' | 'tags' | 'default_country'>
>;

interface Props {
  it: Import;
  change: (change: SettingsChange) => void;
}

export function ImportSettings({ it, change }: Props) {
  const { t, i18n } = useTranslation('imports');
  const lands = useMemo(() => countries(i18n.language), [i18n.language]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section className={classes.settings} tabIndex={0} aria-label={t('settings.title')}>
      <Radio.Group
        label={t('settings.mode')}
        value={it.mode}
        onChange={(mode) => change({ mode: mode as Import['mode'] })}
      >
        <Stack gap={10} mt={8}>
          {modes.map((mode) => (
            <Radio key={mode} value={mode} label={t(`modes.${mode}`)} description={t(`modes.${mode}Hint`)} size="xs" />
          ))}
        </Stack>
      </Radio.Group>
      {it.mode !== 'create' && (
        <div>
          <div className={classes.label} id="match-by">
            {t('settings.matchBy')}
          </div>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="match-by"
            value={it.match_by}
            onChange={(value) => change({ match_by: value as Import['match_by'] })}
            data={[
              { value: 'email', label: t('fields.email') },
              { value: 'phone', label: t('fields.phone') },
            ]}
          />
        </div>
      )}
      <Owner it={it} change={change} />
      <Select
        label={t('settings.status')}
        description={t('settings.statusHint')}
        size="xs"
        data={statuses.map((value) => ({ value, label: t(`contacts:statuses.${value}`) }))}
        value={it.default_status}
        onChange={(value) => value && change({ default_status: value as Import['default_status'] })}
      />
      <TagsInput
        label={t('settings.tags')}
        description={t('settings.tagsHint')}
        size="xs"
        maxTags={20}
        value={it.tags}
        onChange={(tags) => change({ tags })}
      />
      <Select
        label={t('settings.country')}
        description={t('settings.countryHint')}
        size="xs"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('settings.noCountry') }}
        placeholder={t('settings.noCountry')}
        data={lands}
        value={it.default_country}
        onChange={(default_country) => change({ default_country })}
      />
    </section>
  );
}

/** A rep's contacts are their own; others choose among the people whose records they see. */
function Owner({ it, change }: Props) {
  const { t } = useTranslation('imports');
  const { id, role } = useUser();
  const isRep = role === 'sales_rep';
  const { data } = useQuery({
    queryKey: ['users', 'active'],
    queryFn: async () =>
      (await answer(api.GET('/api/users', { params: { query: { limit: 200, status: 'active' } } }))).items,
    enabled: !isRep,
  });
  if (isRep || !data) return null;
  return (
    <Select
      label={t('settings.owner')}
      size="xs"
      searchable
      data={data.map((user) => ({
        value: user.id,
        label: `${user.first_name} ${user.last_name}${user.id === id ? ` (${t('settings.you')})` : ''}`,
      }))}
      value={it.owner_id}
      onChange={(owner_id) => change({ owner_id })}
    />
  );
}
