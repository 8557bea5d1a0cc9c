import { Attacker, type Attempt } from './attacker.ts';
import { attackKinds } from './attacks/index.ts';
import type { AttackKind } from './attacks/kind.ts';
import { speaksOverSocket } from './attacks/realtime.ts';
import { isHook } from './attacks/webhooks.ts';
import { curlOf } from './curl.ts';
import { type Endpoint, titleOf } from './endpoints.ts';
import { changedNames } from './evidence.ts';
import { type Control, findControl } from './shape.ts';
import type { Side, Target } from './target.ts';

export type Outcome = 'held' | 'leaked' | 'not applicable' | 'not reached';

/** What came of one attack on one endpoint. */
export interface Cell {
  endpoint: string;
  number: number;
  attack: string;
  /** not reached: it held, but the company's own admin does not succeed with that request either. */
  outcome: Outcome;
  attempts: number;
  /** What leaked, why it is not applicable, or how far the control came. */
  reason: string;
  /** A line for the shell that makes the request again; logins and secrets stand as variables. */
  reproduction?: string;
}

/** Makes every attack on an endpoint. */
export async function attackEndpoint(target: Target, endpoint: Endpoint, kinds = attackKinds): Promise<Cell[]> {
  const control = await findControl(target, endpoint);
  const open = async (role: 'a' | 'b') => {
    const side = await target.prepared(control.shape.state, endpoint, role);
    if (side === undefined)
      throw new Error(`${titleOf(endpoint)}: no company in the state ${control.shape.state.name}`);
    return side;
  };
  const a = await open('a');
  let b = await open('b');
  let untouched = await target.evidence.hashes(a, endpoint);
  const cells: Cell[] = [];
  let isDue = false;
  for (const [i, kind] of kinds.entries()) {
    const attacker = new Attacker(target, endpoint, control.shape, a, b);
    const all = kind.wide && target.evidence.partial && attacker.changes ? await target.evidence.hashes(a) : undefined;
    const reason = await kind.run(attacker);
    const tried = attacker.attempts.length > 0;
    if (tried && all !== undefined) {
      const elsewhere = changedNames(all, await target.evidence.hashes(a));
      if (elsewhere.length > 0) attacker.record("A's rows, anywhere", `changed in ${elsewhere}`);
    }
    isDue ||= tried;
    // After reads it is enough to look before A itself moves, and at the end.
    const looks = attacker.changes || kind.movesA || kind.number === 4 || (kinds[i + 1]?.movesA ?? true);
    if (isDue && looks) {
      isDue = false;
      const now = await target.evidence.hashes(a, endpoint);
      const changed = changedNames(untouched, now).filter((table) => !(attacker.isOpen && TRACES.has(table)));
      if (changed.length > 0 && !kind.movesA) attacker.record("A's rows", `changed in ${changed}`);
      untouched = now;
    }
    // What B did to its own rows must not spoil the next attack.
    if (tried && attacker.changes) b = await open('b');
    cells.push(judge(endpoint, kind, attacker.attempts, reason, control, secretsOf(a, b)));
  }
  return cells;
}

const secretsOf = (...sides: Side[]) =>
  sides.flatMap(({ person, company }) => [person.token, company.secrets.rows, company.secrets.others]);

/** A stranger at a public door leaves traces with whom they name: a line in the company's log, a letter in its queue. */
const TRACES: ReadonlySet<string> = new Set(['audit_logs', 'security_logs', 'jobs']);

function judge(
  endpoint: Endpoint,
  { number, name }: AttackKind,
  attempts: readonly Attempt[],
  reason: string | undefined,
  { works, answer }: Control,
  secrets: readonly string[],
): Cell {
  const cell = { endpoint: titleOf(endpoint), number, attack: name, attempts: attempts.length };
  const leaks = attempts.flatMap(({ what, leak }) => (leak === undefined ? [] : [`${what}: ${leak}`]));
  if (leaks.length > 0) {
    const request = attempts.find(({ leak, request }) => leak !== undefined && request !== undefined)?.request;
    const reproduction = request && curlOf(request, secrets);
    return { ...cell, outcome: 'leaked', reason: leaks.join('\n'), ...(reproduction && { reproduction }) };
  }
  if (reason !== undefined) return { ...cell, outcome: 'not applicable', reason };
  if (!works && number !== 23 && speaksOverSocket(endpoint, answer))
    return { ...cell, outcome: 'not applicable', reason: 'it answers over a socket alone: attack 23' };
  if (!works && number !== 24 && isHook(endpoint) && answer.status === 401)
    return { ...cell, outcome: 'not applicable', reason: 'it answers only what another service signed: attack 24' };
  const proven = attempts.some(({ control }) => control ?? works);
  return {
    ...cell,
    outcome: proven ? 'held' : 'not reached',
    reason: proven ? '' : `its own admin gets ${answer.status} ${answer.text.slice(0, 200)}`,
  };
}

/** Route by attack, as a table: a cell a line. */
export const asTable = (cells: readonly Cell[]): string =>
  [
    'endpoint\tattack\toutcome\tattempts\treason',
    ...cells.map(({ endpoint, number, attack, outcome, attempts, reason }) =>
      [endpoint, `${number} ${attack}`, outcome, attempts, reason.replace(/\s+/g, ' ')].join('\t'),
    ),
  ].join('\n');

/** A line for each attack: on how many endpoints it was made and held, and why it was not made on the others. */
export function summary(cells: readonly Cell[]): string {
  const kinds = new Map(cells.map(({ number, attack }) => [number, attack]));
  return [...kinds]
    .sort(([a], [b]) => a - b)
    .map(([number, attack]) => {
      const of = cells.filter((cell) => cell.number === number);
      const count = (outcome: Cell['outcome']) => of.filter((cell) => cell.outcome === outcome).length;
      const tries = of.reduce((sum, { attempts }) => sum + attempts, 0);
      return `${String(number).padStart(2)} ${attack}: held ${count('held')}, not reached ${count('not reached')}, leaked ${count('leaked')}, not applicable ${count('not applicable')} (${tries} tries)`;
    })
    .join('\n');
}
