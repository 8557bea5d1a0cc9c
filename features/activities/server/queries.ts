import { type RawBuilder, sql } from 'kysely';
import { q, statement } from '../../../server/tenancy/query.ts';
import type { CustomFields } from '../../custom-fields/server/service.ts';
import type { Activity, ActivityChange, ActivityCreate, ActivityQuery, activityFilters } from '../contract.ts';

const status = sql<Activity['status']>`app.activity_status(activities.status, activities.due_date)`;

// Of what the reader does not see, or what was deleted, there is no name.
const contactName = sql<string | null>`(select contacts.first_name || ' ' || contacts.last_name from contacts
  where contacts.company_id = activities.company_id and contacts.id = activities.contact_id
    and contacts.deleted_at is null)`;
const dealTitle = sql<string | null>`(select deals.title from deals
  where deals.company_id = activities.company_id and deals.id = activities.deal_id and deals.deleted_at is null)`;

export const activityColumns = [
  'activities.id',
  'activities.type',
  'activities.subject',
  'activities.description',
  status.as('status'),
  'activities.due_date',
  'activities.completed_at',
  'activities.duration_minutes',
  'activities.owner_id',
  'activities.private_to',
  'activities.contact_id',
  contactName.as('contact_name'),
  'activities.deal_id',
  dealTitle.as('deal_title'),
  'activities.location',
  'activities.outcome',
  'activities.priority',
  'activities.reminder_at',
  'activities.reminded_at',
  'activities.custom_fields',
  'activities.deleted_at',
  'activities.created_at',
  'activities.updated_at',
  'activities.version',
] as const;

export const oneActivity = statement(['id'], (slot) =>
  q.selectFrom('activities').select(activityColumns).where('id', '=', slot.id).where('deleted_at', 'is', null),
);

export type ActivityFilters = { [Name in (typeof activityFilters)[number]]?: ActivityQuery[Name] | undefined };

const membersOf = (team: string) => q.selectFrom('team_members').select('user_id').where('team_id', '=', team);

/** The company's activities that pass. */
export function activityList({ owner_id, contact_id, deal_id, deleted, ...rest }: ActivityFilters = {}) {
  const { type, open, overdue, team_id, priority, due_from, due_to, completed_from, completed_to } = rest;
  let query = q
    .selectFrom('activities')
    .select(activityColumns)
    .where('activities.deleted_at', deleted ? 'is not' : 'is', null);
  if (type !== undefined) query = query.where('activities.type', '=', type);
  if (rest.status !== undefined) query = query.where(sql<boolean>`${status} = ${rest.status}`);
  if (open !== undefined) query = query.where('activities.status', open ? '=' : '<>', 'pending');
  if (overdue !== undefined) query = query.where(sql<boolean>`(${status} = 'overdue') = ${overdue}`);
  if (owner_id !== undefined) query = query.where('activities.owner_id', '=', owner_id);
  if (team_id !== undefined) query = query.where('activities.owner_id', 'in', membersOf(team_id));
  if (contact_id !== undefined) query = query.where('activities.contact_id', '=', contact_id);
  if (deal_id !== undefined) query = query.where('activities.deal_id', '=', deal_id);
  if (priority !== undefined) query = query.where('activities.priority', '=', priority);
  if (due_from !== undefined) query = query.where('activities.due_date', '>=', due_from);
  if (due_to !== undefined) query = query.where('activities.due_date', '<=', due_to);
  if (completed_from !== undefined) query = query.where('activities.completed_at', '>=', completed_from);
  if (completed_to !== undefined) query = query.where('activities.completed_at', '<=', completed_to);
  return query;
}

export const insertActivity = (activity: ActivityCreate) =>
  q
    .insertInto('activities')
    .values({ ...activity, ...(activity.status === 'completed' ? { completed_at: sql<string>`now()` } : {}) })
    .returning(activityColumns);

/** Custom fields of a change are laid over the stored ones: see `mergeCustomFields`. */
export type StoredChange = Omit<ActivityChange, 'custom_fields'> & { custom_fields?: RawBuilder<CustomFields> };

const live = (id: string) =>
  q.updateTable('activities').where('activities.id', '=', id).where('activities.deleted_at', 'is', null);

export function updateActivity(id: string, change: StoredChange, version?: number) {
  const completed_at = change.status === 'completed' ? sql<string>`coalesce(completed_at, now())` : null;
  const query = live(id).set({
    ...change,
    ...(change.status === undefined ? {} : { completed_at }),
    ...(change.reminder_at === undefined ? {} : { reminded_at: null }),
  });
  return (version === undefined ? query : query.where('version', '=', version)).returning(activityColumns);
}

/** Completing what is complete keeps the time at which it was. */
export const completeActivity = (
  id: string,
  told: { outcome?: string | null; duration_minutes?: number | null },
  version?: number,
) => updateActivity(id, { ...told, status: 'completed' }, version);

export const softDeleteActivity = (id: string) =>
  live(id).set({ deleted_at: sql<string>`now()` }).returning(['id', 'owner_id', 'private_to']);

export const restoreActivity = (id: string) =>
  q
    .updateTable('activities')
    .set({ deleted_at: null })
    .where('id', '=', id)
    .where('deleted_at', 'is not', null)
    .returning(activityColumns);
