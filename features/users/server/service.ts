import { listPage } from '../../../server/platform/list.ts';
import { found, invalid, notFound, ProblemError } from '../../../server/platform/problems.ts';
import type { Caller } from '../../../server/platform/session.ts';
import type { Company, CompanyStatements } from '../../../server/tenancy/door.ts';
import type { Departure, UserChange, UserQuery } from '../contract.ts';
import { heirOf, joinTeam, leaveTeams, markUserDeleted, oneUser, updateUser, userList } from './queries.ts';

/**
 * The user who calls. A super admin who acts has no account in the company, and may not change who belongs to it: what
 * they did for an hour would last.
 * @throws ProblemError `forbidden`, or `no-company` for a super admin
 */
export function member(caller: Caller): Extract<Caller, { kind: 'user' }> & { userId: string } {
  if (caller.kind === 'super') throw new ProblemError('no-company');
  if (caller.userId === null) {
    throw new ProblemError(
      'forbidden',
      'Who acts for a company has no account in it, and cannot change who belongs to it.',
    );
  }
  return caller as Extract<Caller, { kind: 'user' }> & { userId: string };
}

/** Changes a colleague. `team_id` moves them to that team and out of all others; null takes them out of all. */
export async function changeUser(
  company: Company,
  id: string,
  { team_id, ...change }: UserChange,
  version: number | undefined,
) {
  checkTimezone(change.timezone);
  return company.transaction(async (tx) => {
    if ((await tx.first(updateUser(id, change, version))) === undefined) return undefined;
    if (team_id !== undefined) {
      await tx.run(leaveTeams(id));
      if (team_id !== null) await tx.run(joinTeam(id, team_id));
    }
    return tx.first(oneUser({ id }));
  });
}

/**
 * Soft-deletes a user; what they owned goes to the heir, in one transaction. Triggers end their sessions, keys, login
 * and team memberships, and refuse to leave a company without an admin (409).
 */
export async function removeUser(company: Company, leaver: string, heir?: string): Promise<Departure> {
  return company.transaction(async (tx) => {
    const to = heir ?? (await tx.first(heirOf(leaver)))?.id;
    if ((await tx.first(oneUser({ id: leaver }))) === undefined) throw notFound();
    // With nobody to take over, they are the last one: let the trigger say so.
    const departure = to === undefined ? undefined : await reassign(tx, leaver, to);
    if ((await tx.first(markUserDeleted(leaver))) === undefined) throw notFound();
    if (departure === undefined) throw new ProblemError('conflict', 'Nobody else is there to take over.');
    return departure;
  });
}

/** Gives what a colleague owns to another, who must work here now (400 otherwise). */
export async function handOver(company: Company, from: string, to: string): Promise<Departure> {
  return company.transaction(async (tx) => {
    if ((await tx.first(oneUser({ id: from }))) === undefined) throw notFound();
    return reassign(tx, from, to);
  });
}

async function reassign(tx: CompanyStatements, from: string, to: string): Promise<Departure> {
  const moved = await tx.gate<{ resource: string; records: number }>('reassign_records', [from, to]);
  return {
    reassigned_to: to,
    reassigned: Object.fromEntries(moved.map(({ resource, records }) => [resource, records])),
  };
}

export function checkTimezone(timezone: string | null | undefined): void {
  if (timezone === null || timezone === undefined) return;
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    throw invalid('timezone', 'unknown_timezone', 'must be an IANA name, such as Europe/Berlin');
  }
}

/** Whether the id is that of somebody who works in the company now. */
export async function activeUser(company: CompanyStatements, id: string): Promise<boolean> {
  return (await company.first(oneUser({ id })))?.status === 'active';
}

const sorts = {
  created_at: { sql: 'users.created_at', type: 'timestamptz', field: 'created_at' },
  name: { sql: 'users.last_name collate "C"', type: 'text', field: 'last_name' },
  email: { sql: 'users.email::text collate "C"', type: 'text', field: 'email' },
};

export const listColleagues = (company: Company, query: UserQuery) =>
  listPage(company, { name: 'users', table: 'users', query: userList(query), sorts, defaultSort: 'name' }, query);

export const readColleague = async (company: Company, id: string) => found(await company.first(oneUser({ id })));
