import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Answer, answer, api } from '../../../web/api/client.ts';
import { Figures } from '../../../web/kit/figures.tsx';

type All = Answer<'/api/platform/figures', 'get'>;

const shown = ['active_companies', 'trials', 'new_companies_30_days', 'users', 'contacts', 'deals'] as const;

export function PlatformFigures() {
  const { t, i18n } = useTranslation('platform');
  const figures = useQuery({
    queryKey: ['platform', 'figures'],
    queryFn: () => answer(api.GET('/api/platform/figures')),
  });
  const number = (value: number | undefined) => value?.toLocaleString(i18n.language);
  const beside = (data: All | undefined) => {
    const said = (key: string, count = 0) => (count > 0 ? t(`figures.${key}`, { count }) : undefined);
    return {
      active_companies: said('suspended', data?.suspended_companies),
      trials: said('endingSoon', data?.trials_ending_soon),
      users: said('activeUsers', data?.users_active_7_days),
    } as Partial<Record<(typeof shown)[number], string | undefined>>;
  };
  // Whom it fails to load for still sees the companies.
  if (figures.isError) return null;
  return (
    <Figures
      label={t('figures.label')}
      items={shown.map((name) => ({
        label: t(`figures.${name}`),
        value: number(figures.data?.[name]),
        more: beside(figures.data)[name],
      }))}
    />
  );
}
