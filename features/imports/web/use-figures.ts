import { useTranslation } from 'react-i18next';
import { type Import, isUndoing } from './import.ts';

/** What an import did, as the figures above its page. */
export function useFigures(it: Import) {
  const { t, i18n } = useTranslation('imports');
  const figure = (name: string, value: number, more?: string) => ({
    label: t(`figures.${name}`),
    value: value.toLocaleString(i18n.language),
    more,
  });
  if (isUndoing(it) || it.status === 'undone') {
    return [figure('undone', it.contacts_undone), figure('kept', it.contacts_kept)];
  }
  return [
    figure('rows', it.rows_total ?? it.rows_done),
    figure('created', it.rows_created),
    figure('updated', it.rows_updated),
    figure('skipped', it.rows_skipped),
    figure('failed', it.rows_failed),
    figure('warnings', it.rows_with_warnings),
  ];
}
