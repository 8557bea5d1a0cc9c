/** Who asks, for which company, and whose records they may see: all that the database needs to decide. */
export interface Context {
  /** The company whose rows are reachable. */
  readonly companyId: string;
  /** The user who acts; null for work of the company's own, such as a nightly job. */
  readonly userId: string | null;
  /** '*' for every record of the company, else the ids of the users whose records are visible (at least the user's own). */
  readonly owners: '*' | readonly string[];
  /** Where a change came from, for the audit log. */
  readonly request?: RequestOrigin;
  /** The Idempotency-Key under which this runs: what it writes is kept only while that key is its own. */
  readonly keyId?: string | undefined;
}

export interface RequestOrigin {
  /** Absent for work of a job. */
  readonly ip?: string | undefined;
  readonly ua?: string | undefined;
  readonly method: string;
  readonly path: string;
  /** E-mail address of the super admin who acts for the company. */
  readonly acting?: string | undefined;
}

/** Settings in the order in which wire/lane.ts binds them. */
export type Settings = readonly [companyId: string, userId: string, owners: string, request: string];

export const NO_COMPANY: Settings = ['', '', '', ''];

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Throws where a context is incomplete: work without a company must fail loudly and never run as everybody. */
export function settingsOf(context: Context): Settings {
  if (!UUID.test(context?.companyId)) {
    throw new TypeError('asCompany was called without a company');
  }
  if (context.userId !== null && !UUID.test(context.userId)) {
    throw new TypeError('asCompany was called with a malformed user');
  }
  const owners = context.owners === '*' ? '*' : `{${context.owners.join(',')}}`;
  return [
    context.companyId,
    context.userId ?? '',
    owners,
    context.request === undefined ? '' : JSON.stringify(context.request),
  ];
}
