import { invalid } from '../../../server/platform/problems.ts';

/**
 * The smallest id of version 7 that could have been made at this instant. Logs are in the order of their ids, so that
 * a range of time is a range of their primary key and needs no index of its own.
 */
export function idAt(instant: string): string {
  const at = Date.parse(instant);
  if (!(at >= 0 && at < 2 ** 48)) throw invalid('from', 'out_of_range', 'is not a date that a log could have');
  const hex = at.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
