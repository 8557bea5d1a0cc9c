import { defineRule } from '../../rule.ts';

export default defineRule({
  number: 45,
  name: 'server-cve',
  severity: 'high',
  part: 'keys',
  title: 'The server has the fixes to row-level security',
  sql: `
    select format('PostgreSQL %s', current_setting('server_version')) as object, format('lets rows or statistics past policies; fixed in %s.%s', v.major, v.wanted) as message,
      format('-- update the server to %s.%s or newer', v.major, v.wanted) as mend
    from (
      select n / 10000 as major, n % 10000 as minor, coalesce((s -> 'fixedMinor' ->> (n / 10000)::text)::int, case when n / 10000 < 13 then 999 else 0 end) as wanted
      from subject, (select current_setting('server_version_num')::int as n) num
    ) v
    where v.minor < v.wanted`,
});
