import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { Icon } from '../../../web/kit/icon.tsx';
import { Rows } from '../../../web/kit/rows.tsx';
import { Section } from '../../../web/kit/sections.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { lazy } from '../../../web/lazy.ts';
import { useUser } from '../../../web/session/use-session.ts';
import { ApiKeyRow } from './api-key-row.tsx';
import classes from './api-keys.module.css';

const CreateKey = lazy(() => import('./create-key.tsx'));
const MOST = 100;

export function ApiKeysSection() {
  const { t } = useTranslation('api-keys');
  const { id } = useUser();
  const [isCreating, setCreating] = useState(false);
  const list = useQuery({
    queryKey: ['api_keys', 'list'],
    queryFn: () => answer(api.GET('/api/api-keys', { params: { query: { limit: MOST } } })),
  });
  // An admin is answered the whole company's; these are one's own.
  const own = list.data?.items.filter(({ user_id }) => user_id === id);
  return (
    <Section
      title={t('title')}
      hint={t('hint')}
      action={
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="add" size={14} />}
          onClick={() => setCreating(true)}
        >
          {t('new')}
        </Button>
      }
    >
      {own ? (
        own.length === 0 ? (
          <p className={classes.none}>{t('none')}</p>
        ) : (
          <Rows label={t('title')}>
            {own.map((key) => (
              <ApiKeyRow key={key.id} apiKey={key} />
            ))}
          </Rows>
        )
      ) : list.isError ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : (
        <Lines count={2} />
      )}
      {isCreating && <CreateKey onClose={() => setCreating(false)} />}
    </Section>
  );
}
