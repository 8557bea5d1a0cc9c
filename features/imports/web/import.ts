import type { Answer, Item } from '../../../web/api/client.ts';
import type { Tone } from '../../../web/kit/status.tsx';

export type Import = Item<'/api/imports'>;
export type ImportStatus = Import['status'];
export type ImportColumn = Import['mapping'][number];
export type PreviewRow = Answer<'/api/imports/{import_id}/preview', 'post'>['preview'][number];
export type Outcome = PreviewRow['outcome'];
export type RowProblem = PreviewRow['problems'][number];

export const START = '/contacts/import';
export const addressOf = (id: string) => `${START}/${id}`;

export const tones: Record<ImportStatus, Tone> = {
  ready: 'new',
  queued: 'active',
  running: 'active',
  finished: 'good',
  failed: 'bad',
  cancelled: 'idle',
  undo_queued: 'active',
  undoing: 'active',
  undone: 'idle',
};
export const outcomeTones: Record<Outcome, Tone> = {
  created: 'good',
  updated: 'active',
  skipped: 'idle',
  failed: 'bad',
};

const systems: Record<string, string> = {
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
  pipedrive: 'Pipedrive',
  google: 'Google',
  outlook: 'Outlook',
};
/** Whose export the file is, where that was recognised. */
export const systemOf = ({ source }: Pick<Import, 'source'>): string | undefined => systems[source];

export const isWorking = ({ status }: Pick<Import, 'status'>) =>
  status === 'queued' || status === 'running' || isUndoing({ status });
export const isUndoing = ({ status }: Pick<Import, 'status'>) => status === 'undo_queued' || status === 'undoing';

/** Contacts that the import made or changed: what an undo is about. */
export const touched = (it: Import) => it.rows_created + it.rows_updated;
/** Rows that did not come in whole. */
export const troubled = (it: Import) => it.rows_failed + it.rows_with_warnings;
