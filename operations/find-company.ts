import type { ClientBase } from 'pg';

export interface FoundCompany {
  id: string;
  name: string;
  status: 'active' | 'suspended' | 'deleted';
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);

/**
 * The company that an operator means: by its id, its domain or its whole name.
 * @throws where there is none, or several have the name
 */
export async function findCompany(client: ClientBase, wanted: string): Promise<FoundCompany> {
  const { rows } = await client.query<FoundCompany>(
    // A company may call itself as it likes, also by another's id: whoever says the id means nobody else.
    `select id, name, status from companies
     where id = $2 or (not exists (select from companies where id = $2) and (domain = $1::citext or lower(name) = lower($1)))
     order by created_at`,
    [wanted, isUuid(wanted) ? wanted : null],
  );
  const [company, other] = rows;
  if (company === undefined) {
    throw new Error(`There is no company with the id, domain or name ${wanted}. \`bulkhead companies\` lists them.`);
  }
  if (other !== undefined) {
    throw new Error(
      `Several companies are called ${wanted}. Say which by its id: ${rows.map(({ id }) => id).join(', ')}`,
    );
  }
  return company;
}
