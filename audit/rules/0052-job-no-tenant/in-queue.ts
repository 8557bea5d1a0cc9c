import type { Feature } from '../../../server/platform/feature.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What stands in the queue, and the functions that put it there. */
export function inQueue(features: readonly Feature[]): string {
  const known = features.flatMap(({ jobs = [] }) => jobs.map(({ name }) => quoted(name)));
  return `
    select format('%I', relname) as object, 'takes jobs without a company' as message,
      format('alter table %s alter column %I set not null', name, tenant_column) as mend
    from tables, subject
    where relname = 'jobs' and (tenant is null or not tenant_required)
    union all
    select format('job %s', id), 'has a payload that names another company',
      format('delete from jobs where id = %L', id)
    from public.jobs
    where exists (
      select from jsonb_each_text(case when jsonb_typeof(payload) = 'object' then payload else '{}' end) said (key, value)
      where said.key ~* '^(company|tenant|organi[sz]ation)_?id$' and said.value is distinct from company_id::text)
    union all
    select format('job %s', min(id::text)), format('%s jobs are called %s, which no feature runs', count(*), j.name),
      format('delete from jobs where name = %L', j.name)
    from public.jobs j
    where j.name <> all (array[${known.join(', ')}]::text[])
    group by j.name
    union all
    select r.name, 'lets whoever calls it choose for which company a job is enqueued',
      '-- take the company from app.cid(), and no argument for it'
    from routines r, subject
    where r.prosrc ~* '\\minsert\\s+into\\s+(public\\.)?jobs\\M' and has_function_privilege(app_role, r.oid, 'execute')
      and (r.prosrc !~ '\\mapp\\.cid\\(\\)' or pg_get_function_identity_arguments(r.oid) ~* '(company|tenant)')`;
}
