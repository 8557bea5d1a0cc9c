import { findCompany } from '../operations/find-company.ts';
import { reading } from '../operations/operator.ts';

export interface CompanyAdmin {
  /** The company's. */
  id: string;
  currency: string;
  userId: string;
}

/** @throws where there is no such company, or this is no active admin of it */
export function findAdmin(
  adminUrl: string,
  { company, admin }: { company: string; admin: string },
): Promise<CompanyAdmin> {
  return reading(adminUrl, async (client) => {
    const { id, name } = await findCompany(client, company);
    const { rows } = await client.query<{ userId: string; currency: string }>(
      `select u.id as "userId", c.currency from users u join companies c on c.id = u.company_id
       where u.company_id = $1 and u.email = $2::citext and u.user_role = 'company_admin' and u.status = 'active'`,
      [id, admin],
    );
    if (!rows[0]) throw new Error(`${admin} is no active admin of ${name}.`);
    return { id, ...rows[0] };
  });
}
