import { defineRule, type Finding } from '../../rule.ts';

interface Table {
  name: string;
  tenant: string;
  companies: string | null;
}

export default defineRule({
  number: 35,
  name: 'null-cid',
  severity: 'critical',
  part: 'data',
  title: 'Every row belongs to a company that exists',
  check: async ({ client, facts }) => {
    const tables = await facts<Table>(`
      select o.name, quote_ident(tenant_column) as tenant, (select t.name from tables t where t.relname = tenant_table) as companies
      from owned o, subject
      where has_table_privilege(o.oid, 'select')
      order by o.name`);
    const findings: Finding[] = [];
    for (const { name, tenant, companies } of tables) {
      const orphans =
        companies === null ? 'false' : `not exists (select from ${companies} k where k.id::text = t.${tenant}::text)`;
      const { rows } = await client.query<{ unowned: string; orphaned: string }>(`
        select count(*) filter (where t.${tenant} is null) as unowned,
          count(*) filter (where t.${tenant} is not null and ${orphans}) as orphaned
        from ${name} t`);
      const { unowned, orphaned } = rows[0] ?? { unowned: '0', orphaned: '0' };
      // Which company they belong to only a person can tell; nobody can reach them meanwhile.
      if (unowned !== '0') {
        findings.push({
          object: name,
          message: `${unowned} rows belong to no company`,
          mend: `delete from ${name} where ${tenant} is null -- after a look at what they were`,
        });
      }
      if (orphaned !== '0') {
        findings.push({
          object: name,
          message: `${orphaned} rows belong to a company that is not there`,
          mend: `delete from ${name} t where ${orphans} -- after a look at what they were`,
        });
      }
    }
    return findings;
  },
});
