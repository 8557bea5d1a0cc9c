import { sql } from 'kysely';
import { q } from '../../../server/tenancy/query.ts';
import { begins, currency, local, month, owned, type Scope, today } from './scope.ts';

const DAYS = 14;
const LEADERS = 10;

/** What was completed in the last days, by day and kind. */
export const doneByDay = (scope: Scope) =>
  q
    .selectFrom('activities')
    .select([
      sql<string>`(${local(sql.ref('activities.completed_at'), scope)}::date)::text`.as('day'),
      'activities.type',
      sql<number>`count(*)::integer`.as('count'),
    ])
    .where('activities.status', '=', 'completed')
    .where('activities.deleted_at', 'is', null)
    .where('activities.completed_at', '>=', begins(sql`${today(scope)} - ${DAYS - 1}::integer`, scope))
    .where(owned('activities.owner_id', scope))
    .groupBy(['day', 'activities.type'])
    .orderBy('day')
    .orderBy('activities.type');

/** Who won and did most this month. */
export const leaders = (scope: Scope) =>
  q
    .with('won', (db) =>
      db
        .selectFrom('deals')
        .select([
          'deals.owner_id',
          sql<string>`coalesce(sum(deals.value) filter (where deals.currency = ${currency}), 0.00)`.as('value'),
          sql<number>`count(*)::integer`.as('count'),
        ])
        .where('deals.status', '=', 'won')
        .where('deals.deleted_at', 'is', null)
        .where('deals.actual_close_date', '>=', month(scope))
        .where('deals.actual_close_date', '<', month(scope, -1))
        .where(owned('deals.owner_id', scope))
        .groupBy('deals.owner_id'),
    )
    .with('done', (db) =>
      db
        .selectFrom('activities')
        .select(['activities.owner_id', sql<number>`count(*)::integer`.as('count')])
        .where('activities.status', '=', 'completed')
        .where('activities.deleted_at', 'is', null)
        .where('activities.completed_at', '>=', begins(month(scope), scope))
        .where(owned('activities.owner_id', scope))
        .groupBy('activities.owner_id'),
    )
    .selectFrom('users')
    .leftJoin('won', 'won.owner_id', 'users.id')
    .leftJoin('done', 'done.owner_id', 'users.id')
    .select([
      'users.id as user_id',
      sql<string>`trim(users.first_name || ' ' || users.last_name)`.as('name'),
      sql<string>`coalesce(won.value, 0.00)::text`.as('won_value'),
      sql<number>`coalesce(won.count, 0)`.as('won_count'),
      sql<number>`coalesce(done.count, 0)`.as('activities'),
    ])
    .where(sql<boolean>`won.count > 0 or done.count > 0`)
    .orderBy(sql`coalesce(won.value, 0)`, 'desc')
    .orderBy(sql`coalesce(done.count, 0)`, 'desc')
    .orderBy('users.id')
    .limit(LEADERS);

export const frame = (scope: Scope) =>
  q.selectFrom('companies').select(['companies.currency', sql<string>`(${today(scope)})::text`.as('today')]);
