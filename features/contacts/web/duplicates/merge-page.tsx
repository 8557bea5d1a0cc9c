import { Button } from '@mantine/core';
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../../web/api/client.ts';
import { EmptyState } from '../../../../web/kit/empty-state.tsx';
import { FormProblem } from '../../../../web/kit/form-problem.tsx';
import { Icon } from '../../../../web/kit/icon.tsx';
import { notifyDone } from '../../../../web/kit/notify.ts';
import { Page } from '../../../../web/kit/page.tsx';
import { Lines } from '../../../../web/kit/skeleton.tsx';
import { Trouble } from '../../../../web/kit/trouble.tsx';
import { usePageSearch } from '../../../../web/page-search.ts';
import { fullName } from '../contact.ts';
import classes from './duplicates.module.css';
import { contactKey, readContact } from './merged-panel.tsx';
import { type Choices, fieldsToSend } from './merging.ts';
import { SideBySide } from './side-by-side.tsx';
import { WhatMoves } from './what-moves.tsx';

/** Two contacts side by side, to become one. */
export default function MergePage() {
  const { t } = useTranslation(['contacts', 'app']);
  const [{ keep = '', with: other = '', by }, setSearch] = usePageSearch();
  const [choices, setChoices] = useState<Choices>({});
  const navigate = useNavigate();
  const client = useQueryClient();
  const both = useQueries({
    queries: [keep, other].map((id) => ({ queryKey: contactKey(id), queryFn: readContact(id) })),
  });
  const [kept, duplicate] = both.map(({ data }) => data);
  const failed = both.find(({ isError }) => isError);
  const back = by && by !== 'email' ? { by } : {};
  const merge = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      answer(
        api.POST('/api/contacts/{contact_id}/merge', {
          params: { path: { contact_id: keep } },
          body: { duplicate_id: other, fields: fieldsToSend(choices) },
        }),
      ),
    onSuccess: async (contact) => {
      notifyDone(t('duplicates.done', { name: fullName(contact) }));
      await navigate({ to: '/contacts/duplicates', search: { ...back, merged: contact.id } as never });
      void client.invalidateQueries({ queryKey: ['contacts'] });
    },
  });
  const swap = () => {
    setChoices({});
    setSearch({ keep: other, with: keep });
  };
  // A contact that was merged since leads to the one it became.
  const isOne = kept && duplicate && kept.id === duplicate.id;
  const isReady = kept && duplicate && !isOne;
  return (
    <Page
      title={t('duplicates.mergeTitle')}
      trail={[
        { label: t('title'), to: '/contacts' },
        { label: t('duplicates.title'), to: '/contacts/duplicates', search: back },
      ]}
      actions={
        <>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/contacts/duplicates" search={back as never} {...props} />}
          >
            {t('cancel', { ns: 'app' })}
          </Button>
          <Button
            leftSection={<Icon name="merge" size={16} />}
            disabled={!isReady}
            loading={merge.isPending}
            onClick={() => merge.mutate()}
          >
            {t('duplicates.merge')}
          </Button>
        </>
      }
    >
      {failed ? (
        <Trouble error={failed.error} retry={() => void failed.refetch()} />
      ) : isOne ? (
        <EmptyState icon="check" title={t('duplicates.isOne')} text={t('duplicates.isOneText')} />
      ) : isReady ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
        <div className={classes.scroller} tabIndex={0}>
          <div className={classes.sheet}>
            <FormProblem error={merge.error} />
            <WhatMoves kept={kept} duplicate={duplicate} />
            <SideBySide kept={kept} duplicate={duplicate} choices={choices} onChoose={setChoices} onSwap={swap} />
          </div>
        </div>
      ) : (
        <div className={classes.waiting} role="status" aria-label={t('loading', { ns: 'app' })}>
          <Lines count={12} />
        </div>
      )}
    </Page>
  );
}
