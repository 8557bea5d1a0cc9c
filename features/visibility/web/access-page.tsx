import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../web/kit/empty-state.tsx';
import { ListPane } from '../../../web/kit/list-pane.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { usePageSearch } from '../../../web/page-search.ts';
import { PersonSelect } from '../../users/web/person-select.tsx';
import classes from './access.module.css';
import { RecordSelect } from './record-select.tsx';
import { type Kind, kinds } from './records.ts';
import { Verdict } from './verdict.tsx';

/** Why somebody sees a record, or does not. The question stands in the address, to be sent to whoever asked it. */
export default function AccessPage() {
  const { t } = useTranslation('visibility');
  const [{ person, kind: asked, record }, setSearch] = usePageSearch();
  const kind: Kind = kinds.find((each) => each === asked) ?? 'contacts';
  return (
    <Page title={t('title')}>
      <ListPane isLoading={false}>
        <div className={classes.question}>
          <PersonSelect
            label={t('person')}
            placeholder={t('choosePerson')}
            value={person ?? null}
            withInactive
            onChange={(value) => setSearch({ person: value ?? undefined })}
          />
          <Select
            label={t('kind')}
            data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            value={kind}
            onChange={(value) => setSearch({ kind: value ?? undefined, record: undefined })}
          />
          <RecordSelect
            key={kind}
            kind={kind}
            value={record}
            onChange={(id, ofKind) => setSearch({ record: id, kind: ofKind })}
          />
        </div>
        {person && record ? (
          <Verdict key={`${person} ${record}`} person={person} kind={kind} record={record} />
        ) : (
          <EmptyState icon="eye" title={t('emptyTitle')} text={t('emptyText')} />
        )}
      </ListPane>
    </Page>
  );
}
