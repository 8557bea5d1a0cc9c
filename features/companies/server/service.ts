import type { Language } from '../../../contracts/languages.ts';
import { decodeCursor, encodeCursor } from '../../../server/platform/paging.ts';
import { found, ProblemError } from '../../../server/platform/problems.ts';
import type { Caller } from '../../../server/platform/session.ts';
import type { RequestOrigin } from '../../../server/tenancy/context.ts';
import type { Company, Door } from '../../../server/tenancy/door.ts';
import { newSecret } from '../../auth/server/service.ts';
import { sealedFor } from '../../invitations/server/service.ts';
import { checkTimezone } from '../../users/server/service.ts';
import type { CompanyCreate, PlatformChange, PlatformCompany, PlatformCompanyQuery } from '../contract.ts';
import { updateCompany } from './queries.ts';

const LIST = 'companies';
// No company's cursor is good here, nor this one in any company.
const PLATFORM = 'platform';

/** The super admin's own session, which every platform function asks for. */
export function platformSession(caller: Caller): string {
  if (caller.kind !== 'super') throw new ProblemError('forbidden');
  return caller.sessionId;
}

/** Companies, newest first, with their figures. */
export async function listCompanies(
  door: Door,
  session: string,
  { limit = 50, cursor, status, search }: PlatformCompanyQuery,
) {
  const [before, beforeId] = cursor === undefined ? [null, null] : decodeCursor(cursor, PLATFORM, LIST);
  const items = await door.gate<PlatformCompany>('platform_companies', [
    session,
    null,
    status ?? null,
    search || null,
    before ?? null,
    beforeId ?? null,
    limit + 1,
  ]);
  const more = items.length > limit;
  if (more) items.pop();
  const last = items.at(-1);
  return {
    items,
    next_cursor: more && last ? encodeCursor([last.created_at, last.id], PLATFORM, LIST) : null,
  };
}

export async function readCompany(door: Door, session: string, id: string): Promise<PlatformCompany> {
  const [company] = await door.gate<PlatformCompany>('platform_companies', [session, id, null, null, null, null, 1]);
  return found(company);
}

/** A company with its first pipeline, and an invitation for its first admin. */
export async function createCompany(door: Door, session: string, form: CompanyCreate, request: RequestOrigin) {
  const { admin, ...company } = form;
  checkTimezone(company.timezone);
  const { secret, hash } = newSecret();
  const [made] = await door.gate<{ company_id: string }>(
    'platform_create_company',
    [
      session,
      JSON.stringify({ ...company, trial_days: company.trial_days ?? 14 }),
      JSON.stringify(admin),
      hash,
      sealedFor(secret, hash),
    ],
    { request },
  );
  return readCompany(door, session, found(made).company_id);
}

/** Changes what is the platform's of a company; 404 where it is none, or was deleted. */
export async function changeCompany(
  door: Door,
  session: string,
  id: string,
  change: PlatformChange,
  request: RequestOrigin,
): Promise<PlatformCompany> {
  await door.gate('platform_change_company', [session, id, JSON.stringify(change)], { request });
  return readCompany(door, session, id);
}

/** A company that is new begins with the language of who registered it. */
export async function speak(company: Company, language: Language): Promise<void> {
  if (language !== 'en') await company.run(updateCompany(company.context.companyId, { language }, undefined));
}
