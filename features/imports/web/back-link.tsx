import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { START } from './import.ts';

export function BackToContacts() {
  const { t } = useTranslation('imports');
  return (
    <Button renderRoot={(props) => <Link to="/contacts" {...props} />} variant="default">
      {t('toContacts')}
    </Button>
  );
}

/** To the files that were imported before. */
export function BackToImports() {
  const { t } = useTranslation('imports');
  return (
    <Button
      renderRoot={(props) => <Link to={START} {...props} />}
      variant="subtle"
      color="gray"
      px={8}
      aria-label={t('toImports')}
      title={t('toImports')}
    >
      <Icon name="arrowBack" size={17} />
    </Button>
  );
}
