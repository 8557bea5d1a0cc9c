import type { ClientBase } from 'pg';

/** By what a person is recognised in a company's texts: expressions as PostgreSQL reads them, ignoring case. */
export interface Needles {
  email: string;
  /** Of the contacts that are this person. */
  contactIds: string[];
  patterns: { kind: 'address' | 'number' | 'name' | 'id'; pattern: string }[];
  /** What could not be searched for, because it is somebody else's as well. */
  shared: string[];
}

interface Contact {
  id: string;
  first_name: string;
  last_name: string;
  phones: string[];
  namesakes: number;
}

/** What tells of a person in a company; the address alone where nobody there has it. */
export async function needlesOf(client: ClientBase, companyId: string, email: string): Promise<Needles> {
  const { rows } = await client.query<Contact>(
    `select c.id, c.first_name, c.last_name,
       array_remove(array[c.phone_key, c.mobile_key], null) as phones,
       (select count(*)::int from contacts o where o.company_id = c.company_id and o.email is distinct from c.email
         and lower(o.first_name) = lower(c.first_name) and lower(o.last_name) = lower(c.last_name)) as namesakes
     from contacts c where c.company_id = $1 and c.email = $2::citext`,
    [companyId, email],
  );
  const shared: string[] = [];
  const patterns: Needles['patterns'] = [{ kind: 'address', pattern: addressPattern(email) }];
  for (const key of new Set(rows.flatMap(({ phones }) => phones))) {
    if (await isSomebodyElses(client, companyId, email, key))
      shared.push(`a telephone number that ends in ${key.slice(-3)}`);
    else patterns.push({ kind: 'number', pattern: numberPattern(key) });
  }
  for (const { first_name, last_name, namesakes } of rows) {
    if (first_name === '' || last_name === '') continue;
    if (namesakes > 0) shared.push('the name');
    else patterns.push({ kind: 'name', pattern: namePattern(first_name, last_name) });
  }
  const contactIds = rows.map(({ id }) => id);
  if (contactIds.length > 0) patterns.push({ kind: 'id', pattern: contactIds.join('|') });
  return { email, contactIds, patterns, shared: [...new Set(shared)] };
}

async function isSomebodyElses(client: ClientBase, companyId: string, email: string, key: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from contacts where company_id = $1 and email is distinct from $2::citext and $3 in (phone_key, mobile_key)
     limit 1`,
    [companyId, email, key],
  );
  return rowCount !== 0;
}

const literal = (text: string): string => text.replace(/[^\p{L}\p{N}\s]/gu, '\\$&');

const addressPattern = (email: string): string =>
  `(?<![[:alnum:]._%+-])${literal(email)}(?![[:alnum:]-]|\\.[[:alnum:]])`;

const BETWEEN = '[-\\s./()]{0,3}';

/** The digits in their order, however they are grouped, with the country's or a trunk code before them. */
const numberPattern = (digits: string): string =>
  `(?:\\+[0-9]{1,3}${BETWEEN})?(?:\\(?0{1,2}\\)?${BETWEEN})?${[...digits].join(BETWEEN)}(?![0-9])`;

function namePattern(first: string, last: string): string {
  const [one, two] = [first, last].map((name) => literal(name.trim()).replace(/\s+/g, '\\s+'));
  return `(?<![[:alnum:]])(${one}\\s+${two}|${two},\\s*${one})(?![[:alnum:]])`;
}
