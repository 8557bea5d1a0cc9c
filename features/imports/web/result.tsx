import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../contracts/languages.ts';
import { api } from '../../../web/api/client.ts';
import { download } from '../../../web/api/download.ts';
import { Confirm } from '../../../web/kit/confirm.tsx';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { Figures } from '../../../web/kit/figures.tsx';
import { Icon } from '../../../web/kit/icon.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { type Import, touched, troubled } from './import.ts';
import { KeptContacts } from './kept-contacts.tsx';
import { Outcome } from './outcome.tsx';
import { RowPanel } from './row-panel.tsx';
import { useTrail } from './trail.ts';
import { TroubledRows } from './troubled-rows.tsx';
import { useFigures } from './use-figures.ts';
import { useMove } from './use-import.ts';

/** What became of an import: what it did, what did not come in, and the way back. */
export default function Result({ it }: { it: Import }) {
  const { t, i18n } = useTranslation('imports');
  const { ofOne } = useTrail();
  const [{ row }, setSearch] = usePageSearch();
  const [isAsking, setAsking] = useState(false);
  const figures = useFigures(it);
  const undo = useMove(it.id, 'undo');
  const errors = useMutation({
    mutationFn: () =>
      download(
        api.GET('/api/imports/{import_id}/errors.csv', {
          params: { path: { import_id: it.id }, query: { language: i18n.language as Language } },
          parseAs: 'blob',
        }),
        'import-errors.csv',
      ),
  });
  const isUndone = it.status === 'undone';
  const hasTrouble = troubled(it) > 0;
  return (
    <Page
      title={it.file_name}
      trail={ofOne}
      actions={
        <>
          {hasTrouble && (
            <Button
              variant="default"
              leftSection={<Icon name="download" size={16} />}
              loading={errors.isPending}
              onClick={() => errors.mutate()}
            >
              {t('errors.download')}
            </Button>
          )}
          {!isUndone && touched(it) > 0 && (
            <Button variant="default" leftSection={<Icon name="undo" size={16} />} onClick={() => setAsking(true)}>
              {t('undo.action')}
            </Button>
          )}
        </>
      }
      side={
        row && hasTrouble && !isUndone && <RowPanel it={it} id={row} onClose={() => setSearch({ row: undefined })} />
      }
    >
      <Figures label={t('figures.label')} items={figures} />
      <Outcome it={it} />
      {isUndone ? (
        it.contacts_kept > 0 ? (
          <KeptContacts id={it.id} />
        ) : (
          <EmptyState
            icon="undo"
            title={t('undo.doneTitle')}
            text={t('undo.doneText', { count: it.contacts_undone })}
          />
        )
      ) : hasTrouble ? (
        <TroubledRows it={it} openId={row} onOpen={(id) => setSearch({ row: id }, !row)} />
      ) : (
        touched(it) > 0 && (
          <EmptyState icon="check" title={t('result.cleanTitle')} text={t('result.cleanText')}>
            <Button renderRoot={(props) => <Link to="/contacts" {...props} />}>{t('result.see')}</Button>
          </EmptyState>
        )
      )}
      {isAsking && (
        <Confirm
          title={t('undo.title')}
          text={t('undo.text', { count: touched(it) })}
          action={t('undo.action')}
          busy={undo.isPending}
          error={undo.error}
          onConfirm={() => undo.mutate(undefined, { onSuccess: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        />
      )}
    </Page>
  );
}
