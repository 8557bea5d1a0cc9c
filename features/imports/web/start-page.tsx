import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../web/api/client.ts';
import { useList } from '../../../web/api/list.ts';
import { DropZone } from '../../../web/kit/drop-zone.tsx';
import { FormProblem } from '../../../web/kit/form-problem.tsx';
import { Page } from '../../../web/kit/page.tsx';
import { Table } from '../../../web/kit/table.tsx';
import { Trouble } from '../../../web/kit/trouble.tsx';
import { addressOf } from './import.ts';
import { NarrowImport, useImportColumns } from './import-columns.tsx';
import classes from './imports.module.css';
import { useTrail } from './trail.ts';
import { ACCEPTED, useUpload } from './use-upload.ts';

const PAGE = 50;
const noSort = () => undefined;

export default function StartPage() {
  const { t } = useTranslation('imports');
  const { ofStart } = useTrail();
  const navigate = useNavigate();
  const columns = useImportColumns();
  const upload = useUpload();
  const { items, more, query } = useList(['imports', 'list'], (cursor) =>
    answer(api.GET('/api/imports', { params: { query: { limit: PAGE, ...(cursor ? { cursor } : {}) } } })),
  );
  return (
    <Page title={t('title')} trail={ofStart}>
      <div className={classes.start}>
        <FormProblem error={upload.error} isOneField />
        <DropZone
          icon="upload"
          title={upload.isPending ? t('reading', { file: upload.variables.name }) : t('drop')}
          text={t('dropHint')}
          choose={t('choose')}
          accept={ACCEPTED}
          busy={upload.isPending}
          onFile={upload.mutate}
        />
      </div>
      {query.isError && !items ? (
        <Trouble error={query.error} retry={() => void query.refetch()} />
      ) : items?.length === 0 ? (
        <p className={classes.none}>{t('nonePast')}</p>
      ) : (
        <>
          <h2 className={classes.past}>{t('past')}</h2>
          <Table
            label={t('past')}
            columns={columns}
            narrow={(it) => <NarrowImport it={it} />}
            rows={items}
            rowId={(it) => it.id}
            listKey=""
            sort=""
            onSort={noSort}
            onOpen={(it) => void navigate({ to: addressOf(it.id) })}
            onEnd={more}
          />
        </>
      )}
    </Page>
  );
}
