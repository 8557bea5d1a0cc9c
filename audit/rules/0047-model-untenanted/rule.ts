import { NO_SOURCES } from '../../application/reasons.ts';
import { rowTypes } from '../../application/row-types.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { unguarded } from './unguarded.ts';

export default defineRule({
  number: 47,
  name: 'model-untenanted',
  severity: 'critical',
  part: 'models',
  title: 'Every model of a company-owned table carries the company, and no query is built without it',
  application: async (application, { facts }) => {
    // A global table may name a company, as the list of logins does; a row of a company has it in its key.
    const owned = await facts<{ name: string; relname: string }>(`
      select name, relname from tables
      where exists (select from pg_constraint where conrelid = tables.oid and contype = 'p' and tenant = any (conkey))
      order by name`);
    const findings: Finding[] = [];
    for (const { name, relname } of owned) {
      const ownership = application.tables.get(relname);
      if (ownership?.kind === 'company') continue;
      findings.push({
        object: name,
        message: `has the company column, and ${ownership === undefined ? 'no feature declares it' : 'is declared global'}: queries over it get no company predicate`,
        mend: `-- features/<noun>/tables.ts: companyTables('${relname}')`,
      });
    }
    for (const [table, { kind }] of application.tables) {
      if (kind === 'company' && owned.some(({ relname }) => relname === table))
        findings.push(...unguarded(application, table));
    }
    if (application.sources === undefined) return { findings, unchecked: NO_SOURCES };
    const models = rowTypes(application.sources) ?? new Map();
    for (const [table, { kind }] of application.tables) {
      const model = models.get(table);
      if (kind !== 'company' || model === undefined || model.has('company_id')) continue;
      findings.push({
        object: `db/types.ts ${table}`,
        message: 'its row type does not carry the company',
        mend: '-- npm run generate, after a migration that gives the table its company',
      });
    }
    return findings;
  },
});
