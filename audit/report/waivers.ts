import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Outcome } from '../result.ts';
import type { JudgedOutcome } from './report.ts';

export const Waiver = Type.Object(
  {
    rule: Type.Integer({ minimum: 1, description: 'Its number.' }),
    object: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'As the finding says it; * stands for anything. Without: the whole rule.',
      }),
    ),
    reason: Type.String({ minLength: 10, description: 'Why it is accepted, for whoever reads the report.' }),
    owner: Type.String({ minLength: 1, description: 'Who answers for it.' }),
    expires: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'The last day on which it holds.' }),
  },
  { additionalProperties: false },
);
export const Waivers = Type.Object({ waivers: Type.Array(Waiver) }, { additionalProperties: false });
export type Waiver = Static<typeof Waiver>;

export type Acceptance = Pick<Waiver, 'reason' | 'owner' | 'expires'>;

export interface NoWaivers {
  /** They hold no longer; what they waived counts again. */
  expired: Waiver[];
  /** Nothing that was found is what they waive: it was mended, or they are mistaken. */
  unmatched: Waiver[];
}

/**
 * Reads the text of a file of waivers.
 * @throws Error that says what is wrong with which of them
 */
export function parseWaivers(text: string, file: string): Waiver[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`);
  }
  const [wrong] = Value.Errors(Waivers, read);
  if (wrong) throw new Error(`${file}${wrong.instancePath}: ${wrong.message}. ${EXAMPLE}`);
  const { waivers } = read as Static<typeof Waivers>;
  for (const { expires, rule } of waivers) {
    if (new Date(`${expires}T00:00:00Z`).toJSON()?.slice(0, 10) !== expires)
      throw new Error(`${file}: the waiver of rule ${rule} expires on ${expires}, which is no day.`);
  }
  return waivers;
}

const EXAMPLE =
  'A waiver reads {"rule": 41, "object": "public.users: users_email_key", "reason": "logins are global", "owner": "ada@example.org", "expires": "2027-01-31"}, in {"waivers": [...]}.';

/** Accepts what the waivers name, as long as they hold on that day (YYYY-MM-DD). */
export function applyWaivers(
  outcomes: readonly Outcome[],
  waivers: readonly Waiver[],
  on: string,
): { judged: JudgedOutcome[] } & NoWaivers {
  const holding = waivers.filter(({ expires }) => expires >= on);
  const matched = new Set<Waiver>();
  const waiverOf = (rule: number, object?: string): Acceptance | undefined => {
    const waiver = holding.find(
      (one) => one.rule === rule && (one.object === undefined || (object !== undefined && matches(one.object, object))),
    );
    if (!waiver) return undefined;
    matched.add(waiver);
    const { reason, owner, expires } = waiver;
    return { reason, owner, expires };
  };
  const judged = outcomes.map(({ outcome, findings, ...rest }): JudgedOutcome => {
    const judgedFindings = findings.map((finding) => {
      const waived = waiverOf(rest.rule.number, finding.object);
      return waived ? { ...finding, waived } : finding;
    });
    if (outcome === 'not checked') {
      const waived = waiverOf(rest.rule.number);
      return { ...rest, findings: judgedFindings, ...(waived ? { outcome: 'waived', waived } : { outcome }) };
    }
    const accepted = outcome === 'failed' && findings.length > 0 && judgedFindings.every((one) => 'waived' in one);
    if (!accepted) return { ...rest, outcome, findings: judgedFindings };
    const gap = rest.unchecked ?? rest.reason;
    if (gap === undefined) return { ...rest, outcome: 'waived', findings: judgedFindings };
    // Had nothing been found, the rule would not be checked: accepting what was found makes it no better.
    const waived = waiverOf(rest.rule.number);
    const left = waived ? { outcome: 'waived' as const, waived } : { outcome: 'not checked' as const, reason: gap };
    return { ...rest, ...left, findings: judgedFindings };
  });
  return {
    judged,
    expired: waivers.filter(({ expires }) => expires < on),
    unmatched: holding.filter((waiver) => !matched.has(waiver)),
  };
}

function matches(pattern: string, object: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(object);
}
