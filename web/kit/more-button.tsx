import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean };
  onMore: () => void;
}

/** Under a short list that goes on: loads the next page of it. */
export function MoreButton({ query, onMore }: Props) {
  const { t } = useTranslation();
  if (!query.hasNextPage) return null;
  return (
    <Button variant="subtle" size="xs" mt={8} loading={query.isFetchingNextPage} onClick={onMore}>
      {t('more')}
    </Button>
  );
}
