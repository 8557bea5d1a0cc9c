import type { Events } from '../../../server/platform/events.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import { notify } from '../../notifications/server/service.ts';
import { oneImport } from './queries.ts';

/** Milliseconds between two tellings of progress: a client asks for a whole list each time. */
const OFTEN = 500;

export interface Telling {
  /** A batch is committed. */
  progress(): void;
  /** The work is over: whoever looks hears of it, and the import's user is notified. */
  outcome(): Promise<void>;
}

/** Tells of one import: to whoever sees its user's records, and at the end to its user. */
export function tellingOf(company: Company, id: string, events: Events | undefined): Telling {
  const { companyId, userId } = company.context;
  let last = 0;
  const publish = () => {
    last = Date.now();
    for (const table of ['imports', 'contacts']) {
      events?.publish({ companyId, table, id, action: 'updated', ...(userId === null ? {} : { ownerId: userId }) });
    }
  };
  return {
    progress() {
      if (Date.now() - last >= OFTEN) publish();
    },
    async outcome() {
      publish();
      const it = await company.first(oneImport({ id }));
      if (it?.user_id == null) return;
      const { user_id, file_name, status } = it;
      const counts = {
        created: it.rows_created,
        updated: it.rows_updated,
        skipped: it.rows_skipped,
        failed: it.rows_failed,
      };
      const notification = await notify(company, {
        userId: user_id,
        title: `${TITLES[status] ?? 'Imported'}: ${file_name}`.slice(0, 255),
        message:
          status === 'failed'
            ? (it.failure_message ?? '')
            : status === 'undone'
              ? `${it.contacts_undone} contacts are as they were before; ${it.contacts_kept} were kept.`
              : `${it.rows_created} created, ${it.rows_updated} updated, ${it.rows_skipped} skipped, ${it.rows_failed} failed.`,
        key: status === 'failed' ? 'import_failed' : status === 'undone' ? 'import_undone' : 'import_done',
        params: {
          file: file_name,
          ...(status === 'failed'
            ? { code: it.failure_code, reason: it.failure_message }
            : status === 'undone'
              ? { undone: it.contacts_undone, kept: it.contacts_kept }
              : counts),
        },
        type: status === 'failed' ? 'error' : it.rows_failed > 0 ? 'warning' : 'success',
        link: `/contacts/import/${id}`,
      });
      events?.publish({ companyId, table: 'notifications', id: notification, action: 'created', privateTo: user_id });
    },
  };
}

const TITLES: Record<string, string> = { failed: 'Import failed', undone: 'Import undone' };
