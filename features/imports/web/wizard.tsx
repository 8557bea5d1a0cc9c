import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../web/kit/icon.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Steps } from '../../../web/kit/steps.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { CheckStep } from './check-step.tsx';
import { ColumnsStep } from './columns-step.tsx';
import type { Import } from './import.ts';
import { useTrail } from './trail.ts';
import { useMove, useSettings } from './use-import.ts';

/** An import that has not begun: its columns, then its first rows as they will come in. */
export default function Wizard({ it }: { it: Import }) {
  const { t } = useTranslation('imports');
  const { ofOne } = useTrail();
  const [{ step }, setSearch] = usePageSearch();
  const settings = useSettings(it.id);
  const start = useMove(it.id, 'start');
  const discard = useMove(it.id, 'cancel');
  const isChecking = step === 'check';
  const goTo = (next: string | undefined) => () => setSearch({ step: next }, true);
  const isEmpty = it.mapping.every(({ field }) => field === null);
  return (
    <Page
      title={it.file_name}
      trail={ofOne}
      toolbar={
        <Steps
          label={t('steps.label')}
          at={isChecking ? 'check' : 'columns'}
          steps={[
            { id: 'columns', label: t('steps.columns'), onGo: goTo(undefined) },
            { id: 'check', label: t('steps.check'), onGo: isEmpty ? undefined : goTo('check') },
            { id: 'import', label: t('steps.import') },
          ]}
        />
      }
      actions={
        <>
          <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
            {t('discard')}
          </Button>
          {isChecking ? (
            <Button loading={start.isPending} disabled={settings.isPending} onClick={() => start.mutate()}>
              {t('start')}
            </Button>
          ) : (
            <Button disabled={isEmpty} onClick={goTo('check')} rightSection={<Icon name="arrowRight" size={16} />}>
              {t('continue')}
            </Button>
          )}
        </>
      }
    >
      {isChecking ? (
        <CheckStep it={it} change={settings.mutate} />
      ) : (
        <ColumnsStep it={it} change={(mapping) => settings.mutate({ mapping })} />
      )}
    </Page>
  );
}
