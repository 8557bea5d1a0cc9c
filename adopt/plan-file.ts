import { parseDocument, stringify } from 'yaml';
import { digest } from './draft.ts';
import type { Plan } from './plan.ts';

const HEADER = `# How a database is made multi-tenant: what was decided of each table, and below it every statement in its order,
# each with the one that takes it back. Read it; edit what is wrong.
#
# Decisions: a table's class is tenant (each row belongs to one), global (shared by all) or ask (decide it).
#   paths        ways from a row to its tenant, through foreign keys; add others by hand, as {columns, table, key}, and
#                with the schemas of the operators that compare them where that is not pg_catalog, as of citext: operators
#   unique       scope tenant: unique within each tenant from now on. scope global: left as it is; choose it for what is
#                looked up before the tenant is known (a login's address, a session's token), and for what the application
#                names in ON CONFLICT. A key over all tenants lets one learn what another has.
#   new_unique   keys that a tenant may have once from now on, such as [[]] for one row each; second ones are set aside
#   private_to   the column with the user to whom rows of before stay private
# After a change of decisions the statements are written anew: bulkhead adopt plan --from <this file>.
# Statements may be edited as they are; then they run as they stand here.
`;

/** The plan as a person reads and edits it. */
export function writePlan(plan: Plan): string {
  const { steps, decisions, ...about } = plan;
  const open = Object.entries(decisions.tables).filter(([, { class: kind }]) => kind === 'ask');
  const asks =
    open.length === 0
      ? ''
      : `#\n# Questions, to be answered by a class below:\n${open.map(([name, { why }]) => `#   ${name}: ${why}\n`).join('')}`;
  return `${HEADER}${asks}${stringify({ ...about, decisions, steps }, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false })}`;
}

/** @throws with the line where the file is not YAML, and with what is missing */
export function readPlan(text: string): Plan {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new Error(`The plan cannot be read: ${error.message}`);
  const plan = document.toJS() as Partial<Plan> | null;
  if (plan?.format !== 'bulkhead-adopt/1')
    throw new Error('This is not a plan of bulkhead adopt: it lacks "format: bulkhead-adopt/1".');
  for (const part of ['decisions', 'steps'] as const) if (!plan[part]) throw new Error(`The plan lacks its ${part}.`);
  return plan as Plan;
}

export const isStale = ({ decisions, written_for }: Plan): boolean => digest(decisions) !== written_for;
