import { useTranslation } from 'react-i18next';
import type { Crumb } from '../../../web/kit/trail.tsx';
import { START } from './import.ts';

/** Where imports are: under the contacts; and one of them, under those that were made before. */
export function useTrail(): { ofStart: Crumb[]; ofOne: Crumb[] } {
  const { t } = useTranslation('imports');
  const contacts = { label: t('contacts'), to: '/contacts' };
  return { ofStart: [contacts], ofOne: [contacts, { label: t('title'), to: START }] };
}
