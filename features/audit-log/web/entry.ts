import type { Item } from '../../../web/api/client.ts';
import { instant } from '../../../web/clock.ts';

export type Entry = Item<'/api/audit-logs'>;
type Row = Record<string, unknown>;

export const actions = ['create', 'update', 'delete', 'restore', 'merge', 'export'] as const;
export const types = [
  'contacts',
  'deals',
  'activities',
  'notes',
  'tags',
  'pipelines',
  'pipeline_stages',
  'custom_field_definitions',
  'saved_views',
  'imports',
  'users',
  'invitations',
  'teams',
  'team_members',
  'roles',
  'api_keys',
  'companies',
] as const;

// They say nothing that the entry does not say already.
const silent = new Set(['id', 'company_id', 'created_at', 'updated_at', 'version']);

// What is deleted to be restored keeps all its values: the entry holds the time alone, which it has of itself.
const isMark = (action: string | undefined, field: string) =>
  field === 'deleted_at' && (action === 'delete' || action === 'restore');

const rowOf = (changes: unknown, side: 'before' | 'after'): Row => {
  const row = (changes as Row | null)?.[side];
  return typeof row === 'object' && row !== null ? (row as Row) : {};
};

export interface Difference {
  field: string;
  before: unknown;
  after: unknown;
}

/** The fields that changed, each with what it was and what it became; of what was made or deleted, those with a value. */
export function differences({ changes, action }: { changes: unknown; action?: string }): Difference[] {
  const [before, after] = [rowOf(changes, 'before'), rowOf(changes, 'after')];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => !silent.has(field) && !isMark(action, field))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((each) => !isEmpty(each.before) || !isEmpty(each.after));
}

export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

interface Nameable {
  changes: unknown;
  resource_type: string;
  resource_id?: string | null;
  resource_name?: string | null;
}

const SHORT = 8;

/** What the record is called: as the entry says, else as it is called now, else by the end of its id. */
export const nameOf = (entry: Nameable): string | undefined =>
  nameIn(entry) ?? entry.resource_name ?? (entry.resource_id ? `…${entry.resource_id.slice(-SHORT)}` : undefined);

/** A note has no name but its first words. */
const beginningOf = (text: unknown) =>
  typeof text === 'string' ? text.trim().split('\n')[0]?.slice(0, 80) : undefined;

/** What the record is called, where the entry carries its name. */
export function nameIn({ changes, resource_type }: Nameable): string | undefined {
  const row = { ...rowOf(changes, 'before'), ...rowOf(changes, 'after') };
  const person = [row.first_name, row.last_name].filter((part) => typeof part === 'string').join(' ');
  // A person's title is their work, not their name.
  const isPerson = resource_type === 'contacts' || resource_type === 'users';
  const names: unknown[] = isPerson
    ? row.first_name && row.last_name
      ? [person]
      : []
    : [row.title, row.subject, row.name, row.label, row.file_name, row.email, beginningOf(row.body)];
  for (const name of names) {
    if (typeof name === 'string' && name.trim()) return name;
  }
  return undefined;
}

/** Where the record is shown; undefined for what has no page, or is no more. */
export function linkTo({ resource_type, resource_id, action }: Entry): string | undefined {
  if (resource_id === null) return undefined;
  // Those have a page that says so, and offers to restore them.
  if (action === 'delete' && resource_type !== 'contacts' && resource_type !== 'deals') return undefined;
  const pages: Record<string, string> = {
    contacts: `/contacts/${resource_id}`,
    deals: `/deals/${resource_id}`,
    activities: `/activities?whose=all&tab=all&open=${resource_id}`,
    pipelines: '/settings/pipelines',
    pipeline_stages: '/settings/pipelines',
    users: `/settings/people?open=${resource_id}`,
    teams: `/settings/teams?open=${resource_id}`,
    roles: `/settings/roles?open=${resource_id}`,
    tags: '/settings/tags',
    custom_field_definitions: '/settings/fields',
    invitations: '/settings/people?view=invitations',
    companies: '/settings/company',
  };
  return pages[resource_type];
}

/** A day of the reader's as the API's range takes it: from its first moment, or to that of the next. */
export function edge(day: string | undefined, isEnd = false): string | undefined {
  const date = day ? new Date(`${day}T00:00`) : undefined;
  if (!date || Number.isNaN(date.getTime())) return undefined;
  if (isEnd) date.setDate(date.getDate() + 1);
  return instant(date);
}
