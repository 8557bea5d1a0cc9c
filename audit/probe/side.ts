import { issueToken } from '../../server/platform/token.ts';
import type { Person, World } from '../../test/harness.ts';
import type { Side } from './attacker.ts';
import { type Catalog, seedCompany } from './seed.ts';

/** A company with a row in every table, and its admin, logged in. */
export async function openSide(world: World, catalog: Catalog): Promise<Side> {
  const company = await seedCompany(world.admin, catalog);
  const user = company.rows.get('users') as { id: string; email: string };
  await world.admin.query('insert into login_identities (email, company_id, user_id) values ($1, $2, $3)', [
    user.email,
    company.companyId,
    user.id,
  ]);
  const sessionId = company.rows.get('sessions')?.id as string;
  const token = await issueToken({ sessionId, companyId: company.companyId });
  const person = {
    ...world.as(token),
    userId: user.id,
    companyId: company.companyId,
    sessionId,
    email: user.email,
    token,
  } as Person;
  return { company, person };
}
