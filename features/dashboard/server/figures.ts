import { found } from '../../../server/platform/problems.ts';
import type { Company } from '../../../server/tenancy/door.ts';
import type { Dashboard, DashboardQuery } from '../contract.ts';
import { needingAttention, openStages, wonByDay } from './deal-queries.ts';
import { doneByDay, frame, leaders } from './people-queries.ts';
import { scopeOf } from './scope.ts';

type WonDay = Dashboard['won']['days'][number] & { is_this_month: boolean; others: number };

/** Everything on the dashboard, each part one statement below the caller's own policies. */
export async function dashboardOf(company: Company, query: DashboardQuery): Promise<Dashboard> {
  const scope = scopeOf(company.context, query);
  const [told, deals, stages, days, activity, leading] = await Promise.all([
    company.first(frame(scope)),
    company.many(needingAttention(scope)),
    company.many(openStages(scope)),
    company.many(wonByDay(scope)),
    company.many(doneByDay(scope)),
    company.many(leaders(scopeOf(company.context, { ...query, whose: 'all' }))),
  ]);
  const [first] = deals;
  const [stage] = stages;
  return {
    ...found(told),
    attention: {
      items: deals,
      count: first?.count ?? 0,
      rotting: first?.all_rotting ?? 0,
      close_past: first?.all_close_past ?? 0,
      no_next_activity: first?.all_no_next_activity ?? 0,
    },
    pipeline: stage ? { id: stage.pipeline_id, name: stage.pipeline, stages } : null,
    won: {
      this_month: sumOf(days.filter((day) => day.is_this_month)),
      last_month: sumOf(days.filter((day) => !day.is_this_month)),
      days,
    },
    activity,
    leaders: leading,
  };
}

function sumOf(days: WonDay[]) {
  const cents = days.reduce((sum, { value }) => sum + BigInt(value.replace('.', '')), 0n);
  const digits = cents.toString().padStart(3, '0');
  return {
    value: `${digits.slice(0, -2)}.${digits.slice(-2)}`,
    count: days.reduce((sum, { count }) => sum + count, 0),
    others: days.reduce((sum, { others }) => sum + others, 0),
  };
}
