import type { Draft } from '../draft.ts';
import type { Step } from '../plan.ts';
import { bare, ident, short } from '../sql.ts';

/** NOT NULL without a scan under a lock: a check that is not yet valid, its validation beside the running load, and then the flag. */
export function required({ decisions, owned }: Draft): Step[] {
  const own = ident(decisions.tenant.column);
  const filled = `${ident(decisions.tenant.schema)}.cid()`;
  return owned.flatMap(({ table }) => {
    const { name } = table;
    const present = ident(short(`${bare(name)}_${decisions.tenant.column}_present`));
    const column = table.columns.find((c) => c.name === decisions.tenant.column);
    const steps: Step[] = [];
    if (!column?.required) {
      const check = `alter table ${name} add constraint ${present} check (${own} is not null) not valid`;
      steps.push(
        {
          name: `check ${name}`,
          phase: 'required',
          kind: 'once',
          table: name,
          do: [check],
          undo: [`alter table ${name} drop constraint if exists ${present}`],
        },
        {
          name: `validate ${name}`,
          phase: 'required',
          kind: 'once',
          table: name,
          do: [`alter table ${name} validate constraint ${present}`],
          undo: [],
        },
        {
          name: `require ${name}`,
          phase: 'required',
          kind: 'once',
          table: name,
          // The valid check proves it, so that no row is read.
          do: [
            `alter table ${name} alter column ${own} set not null`,
            `alter table ${name} drop constraint ${present}`,
          ],
          undo: [`alter table ${name} alter column ${own} drop not null`, check],
        },
      );
    }
    if (!column?.defaulted) {
      steps.push({
        name: `default ${name}`,
        phase: 'required',
        kind: 'once',
        table: name,
        do: [`alter table ${name} alter column ${own} set default ${filled}`],
        undo: [`alter table ${name} alter column ${own} drop default`],
      });
    }
    return steps;
  });
}
