import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Item } from '../../../web/api/client.ts';
import { Confirm } from '../../../web/kit/confirm.tsx';
import { notifyDone } from '../../../web/kit/notify.ts';
import { RelativeTime } from '../../../web/kit/relative-time.tsx';
import { RowItem, Rows } from '../../../web/kit/rows.tsx';
import { Section } from '../../../web/kit/sections.tsx';
import { Lines } from '../../../web/kit/skeleton.tsx';
import { Status } from '../../../web/kit/status.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';

type Session = Item<'/api/sessions'>;

const KEY = ['sessions', 'own'];
const MOST = 100;

/** Where one is logged in; the session in use comes first and is ended by logging out. */
export function SessionsSection() {
  const { t } = useTranslation('sessions');
  const [isEndingAll, setEndingAll] = useState(false);
  const client = useQueryClient();
  const list = useQuery({
    queryKey: KEY,
    queryFn: () => answer(api.GET('/api/sessions', { params: { query: { limit: MOST } } })),
  });
  const endAll = useMutation({
    meta: { quiet: true },
    mutationFn: () => answer(api.DELETE('/api/sessions')),
    onSuccess: ({ ended }) => {
      notifyDone(t('endedAll', { count: ended }));
      setEndingAll(false);
      return client.invalidateQueries({ queryKey: KEY });
    },
  });
  const items = list.data?.items.toSorted((a, b) => Number(b.is_current) - Number(a.is_current));
  const others = items?.some(({ is_current }) => !is_current);
  return (
    <Section
      title={t('title')}
      hint={t('hint')}
      action={
        others && (
          <Button variant="default" size="xs" onClick={() => setEndingAll(true)}>
            {t('endAll')}
          </Button>
        )
      }
    >
      {items ? (
        <Rows label={t('title')}>
          {items.map((item) => (
            <SessionRow key={item.id} session={item} />
          ))}
        </Rows>
      ) : list.isError ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : (
        <Lines count={3} />
      )}
      {isEndingAll && (
        <Confirm
          title={t('endAllTitle')}
          text={t('endAllText')}
          action={t('endAll')}
          busy={endAll.isPending}
          error={endAll.error}
          onConfirm={() => endAll.mutate()}
          onClose={() => setEndingAll(false)}
        />
      )}
    </Section>
  );
}

function SessionRow({ session }: { session: Session }) {
  const { t } = useTranslation('sessions');
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/sessions/{session_id}', { params: { path: { session_id: session.id } } })),
    onSuccess: () => notifyDone(t('ended', { device })),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  const { browser, os } = session;
  const device = browser && os ? t('device', { browser, os }) : (browser ?? os ?? t('unknown'));
  const isHeldInHand = session.device_type === 'mobile' || session.device_type === 'tablet';
  return (
    <RowItem
      icon={isHeldInHand ? 'mobile' : 'system'}
      title={device}
      detail={
        <>
          {session.ip_address && <>{session.ip_address} · </>}
          {session.is_current ? t('activeNow') : <RelativeTime at={session.last_activity_at} />}
        </>
      }
      actions={
        session.is_current ? (
          <Status tone="good" label={t('current')} />
        ) : (
          <Button
            variant="subtle"
            size="xs"
            loading={end.isPending}
            aria-label={t('endThis', { device })}
            onClick={() => end.mutate()}
          >
            {t('end')}
          </Button>
        )
      }
    />
  );
}
