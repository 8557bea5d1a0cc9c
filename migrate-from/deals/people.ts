import type { ClientBase } from 'pg';

interface Person {
  name: string;
  email: string | undefined;
}

/** Ids by address and by full name, in lower case; null where several have it. */
export class People {
  readonly #ids = new Map<string, string | null>();

  add(key: string, id: string): void {
    const lower = key.trim().toLowerCase();
    if (lower === '') return;
    const known = this.#ids.get(lower);
    this.#ids.set(lower, known === undefined || known === id ? id : null);
  }

  /** The person's id, or what is to be said of them. */
  find({ name, email }: Person): { id: string } | { why: string } | undefined {
    if (name === '' && email === undefined) return undefined;
    const [byEmail, byName] = [email, name].map((key) => this.#ids.get((key ?? '').toLowerCase()));
    const id = byEmail ?? byName;
    if (id) return { id };
    return { why: byEmail === null || byName === null ? 'several are called so' : 'there is none' };
  }
}

/** Everybody who may own a record of the company. */
export async function usersOf(client: ClientBase, companyId: string): Promise<People> {
  const { rows } = await client.query<{ id: string; email: string; name: string }>(
    `select id, email, first_name || ' ' || last_name as name from users where company_id = $1 and status = 'active'`,
    [companyId],
  );
  const people = new People();
  for (const { id, email, name } of rows) {
    people.add(email, id);
    people.add(name, id);
  }
  return people;
}

/** Those of the company's contacts whom one of these people may be. */
export async function contactsOf(client: ClientBase, companyId: string, wanted: readonly Person[]): Promise<People> {
  const lower = (texts: (string | undefined)[]) => [...new Set(texts.filter(Boolean).map((t) => t?.toLowerCase()))];
  const [emails, names] = [lower(wanted.map(({ email }) => email)), lower(wanted.map(({ name }) => name))];
  const people = new People();
  const { rows } = await client.query<{ id: string; email: string | null; name: string }>(
    `select id, email, trim(first_name || ' ' || last_name) as name from contacts
     where company_id = $1 and deleted_at is null
       and (email = any ($2::citext[]) or lower(trim(first_name || ' ' || last_name)) = any ($3))
     order by id`,
    [companyId, emails, names],
  );
  for (const { id, email, name } of rows) {
    people.add(email ?? '', id);
    people.add(name, id);
  }
  return people;
}
