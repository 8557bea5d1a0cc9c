import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';
import type { SavedViewChange, SavedViewCreate, SavedViewQuery } from '../contract.ts';

const columns = [
  'saved_views.id',
  'saved_views.resource',
  'saved_views.name',
  sql<Record<string, unknown>>`saved_views.definition`.as('definition'),
  'saved_views.is_shared',
  'saved_views.owner_id',
  'saved_views.created_at',
  'saved_views.updated_at',
  'saved_views.version',
] as const;

/** The user's own views and those that colleagues share, by policy. */
export function viewList({ resource, owner_id, is_shared }: SavedViewQuery) {
  let query = q.selectFrom('saved_views').select(columns);
  if (resource !== undefined) query = query.where('saved_views.resource', '=', resource);
  if (owner_id !== undefined) query = query.where('saved_views.owner_id', '=', owner_id);
  if (is_shared !== undefined) query = query.where('saved_views.is_shared', '=', is_shared);
  return query;
}

export const oneView = (id: string) => viewList({}).where('saved_views.id', '=', id);

const stored = <T extends { definition?: Record<string, unknown> }>({ definition, ...rest }: T) => ({
  ...rest,
  ...(definition === undefined ? {} : { definition: JSON.stringify(definition) }),
});

export const insertView = ({ definition = {}, ...view }: SavedViewCreate) =>
  q
    .insertInto('saved_views')
    .values(stored({ ...view, definition }))
    .returning(columns);

// Policies keep a colleague's shared view from being changed or deleted: then there is no row.
export function updateView(id: string, change: SavedViewChange, version: number | undefined) {
  const query = q.updateTable('saved_views').set(stored(change)).where('id', '=', id);
  return (version === undefined ? query : query.where('version', '=', version)).returning(columns);
}

export const deleteView = (id: string) =>
  q.deleteFrom('saved_views').where('id', '=', id).returning(['id', 'owner_id', 'is_shared']);
