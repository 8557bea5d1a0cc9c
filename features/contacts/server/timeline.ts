import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { DB } from '../../../db/types.ts';
import { decodeCursor, encodeCursor } from '../../../server/platform/paging.ts';
import { invalid } from '../../../server/platform/problems.ts';
import type { CompanyStatements } from '../../../server/tenancy/door.ts';
import { q } from '../../../server/tenancy/query.ts';
import { type TimelineType, timelineTypes } from '../contract.ts';

export interface TimelineEntry {
  type: TimelineType;
  id: string;
  at: string;
  user_id: string | null;
  title: string | null;
  details: Record<string, unknown>;
}

interface Place {
  contact: string;
  after: readonly (string | null)[] | undefined;
  most: number;
}

type Entries = SelectQueryBuilder<DB, never, TimelineEntry>;
const as = (type: TimelineType) => sql<TimelineType>`${sql.lit(type)}`.as('type');
const details = (json: RawBuilder<unknown>) => sql<Record<string, unknown>>`${json}`.as('details');
const live = (table: string) => sql<boolean>`${sql.ref(`${table}.deleted_at`)} is null`;

/** Each source gives at most a page, newest first, under its own policies: what the caller does not see is not there. */
const sources: Record<TimelineType, (contact: string) => unknown> = {
  activity: (contact) =>
    q
      .selectFrom('activities')
      .select([
        as('activity'),
        'activities.id',
        'activities.created_at as at',
        'owner_id as user_id',
        'subject as title',
      ])
      .select(
        details(sql`jsonb_build_object('type', activities.type, 'status', activities.status, 'due_date', due_date,
          'completed_at', completed_at, 'deal_id', deal_id, 'outcome', outcome)`),
      )
      .where('contact_id', '=', contact)
      .where(live('activities')),
  note: (contact) =>
    q
      .selectFrom('notes')
      .select([as('note'), 'notes.id', 'notes.created_at as at', 'author_id as user_id'])
      .select([
        sql<string>`left(body, 500)`.as('title'),
        details(sql`jsonb_build_object('pinned_at', pinned_at, 'deal_id', deal_id)`),
      ])
      .where('contact_id', '=', contact)
      .where(live('notes')),
  deal: (contact) =>
    q
      .selectFrom('deals')
      .select([as('deal'), 'deals.id', 'deals.created_at as at', 'owner_id as user_id', 'deals.title'])
      .select(
        details(sql`jsonb_build_object('value', deals.value::text, 'currency', currency, 'status', deals.status,
          'stage_id', stage_id, 'pipeline_id', pipeline_id)`),
      )
      .where('contact_id', '=', contact)
      .where(live('deals')),
  stage_move: (contact) =>
    q
      .selectFrom('deals')
      .innerJoin('deal_stage_history as move', 'move.deal_id', 'deals.id')
      .innerJoin('pipeline_stages as from_stage', 'from_stage.id', 'move.from_stage_id')
      .innerJoin('pipeline_stages as to_stage', 'to_stage.id', 'move.to_stage_id')
      .select([as('stage_move'), 'move.id', 'move.created_at as at', 'move.moved_by as user_id', 'deals.title'])
      .select(
        details(sql`jsonb_build_object('deal_id', deals.id, 'from', from_stage.name, 'to', to_stage.name,
          'value', move.value::text)`),
      )
      .where('deals.contact_id', '=', contact)
      .where(live('deals')),
  change: (contact) =>
    q
      .selectFrom('audit_logs')
      .select([as('change'), 'audit_logs.id', 'audit_logs.created_at as at', 'audit_logs.user_id', 'action as title'])
      .select(
        details(sql`case when action in ('create', 'delete', 'restore') then '{}'::jsonb else jsonb_build_object(
          'before', (changes -> 'before') - ${derived}::text[], 'after', (changes -> 'after') - ${derived}::text[]) end`),
      )
      .where('resource_id', '=', contact)
      .where('resource_type', '=', 'contacts'),
};
/** Columns that the database derives from others: not what anybody changed. */
const derived = ['search_text', 'last_key', 'first_key', 'email_key', 'company_key', 'phone_key', 'mobile_key'];
const ids: Record<TimelineType, [id: string, at: string]> = {
  activity: ['activities.id', 'activities.created_at'],
  note: ['notes.id', 'notes.created_at'],
  deal: ['deals.id', 'deals.created_at'],
  stage_move: ['move.id', 'move.created_at'],
  change: ['audit_logs.id', 'audit_logs.created_at'],
};

function part(type: TimelineType, { contact, after, most }: Place): Entries {
  const [id, at] = ids[type].map((column) => sql.raw(column)) as [RawBuilder<string>, RawBuilder<string>];
  let entries = sources[type](contact) as Entries;
  if (after !== undefined) {
    entries = entries.where(sql<boolean>`(${at}, ${id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  }
  const newest = entries.orderBy(sql`${at} desc, ${id} desc`).limit(most);
  // In a query of its own, for a limit inside a union needs brackets.
  return q.selectFrom(newest.as(type)).selectAll() as unknown as Entries;
}

function typesOf(text: string | undefined): TimelineType[] {
  const wanted = text === undefined ? timelineTypes : text.split(',').map((type) => type.trim());
  const types = timelineTypes.filter((type) => wanted.includes(type));
  if (types.length !== new Set(wanted).size)
    throw invalid('types', 'unknown_type', `must be of ${timelineTypes.join(', ')}`);
  return types;
}

/** One page of what happened with a contact, newest first. */
export async function timelinePage(
  company: CompanyStatements,
  contact: string,
  { limit = 50, cursor, types }: { limit?: number; cursor?: string; types?: string },
) {
  const chosen = typesOf(types);
  const list = `timeline ${contact.toLowerCase()} ${chosen.join()}`;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, company.context.companyId, list);
  const parts = chosen.map((type) => part(type, { contact, after, most: limit + 1 }));
  const all = parts.reduce((union, one) => union.unionAll(one));
  const items = (await company.many(
    q
      .selectFrom(all.as('entries'))
      .selectAll()
      .orderBy(sql`at desc, id desc`)
      .limit(limit + 1),
  )) as TimelineEntry[];
  const more = items.length > limit;
  if (more) items.pop();
  const last = items.at(-1);
  return {
    items,
    next_cursor: more && last ? encodeCursor([last.at, last.id], company.context.companyId, list) : null,
  };
}
