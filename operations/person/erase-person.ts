import { createHmac } from 'node:crypto';
import type { ClientBase } from 'pg';
import { deriveKey } from '../../server/platform/secrets.ts';
import { brokenReferences } from '../company/broken-references.ts';
import type { FoundCompany } from '../find-company.ts';
import { logOperation } from '../operator.ts';
import { quoted } from '../tables.ts';
import { type Needles, needlesOf } from './needles.ts';
import { searchedTables, type Trace, traces } from './traces.ts';

const GONE = '[erased]';

export interface Erased {
  /** Changed or deleted rows by table. */
  rows: Record<string, number>;
  /** What is still found, and it is only the contact's id. */
  remaining: Trace[];
  needles: Needles;
}

/**
 * Erases a person from a company. Contacts become nameless, notes about them are deleted, activities and the audit log lose
 * what they told of them; anywhere else their address, numbers and name are taken out of the text. What happened, and
 * when, stays: the law asks for it.
 * @param client without triggers (`puttingBack`): they would write what is erased into the audit log
 * @throws where anything of the person would remain, and where they are one of the company's users
 */
export async function erasePerson(client: ClientBase, company: FoundCompany, email: string): Promise<Erased> {
  await refuseUsers(client, company, email);
  const needles = await needlesOf(client, company.id, email);
  const rows: Record<string, number> = {};
  const count = (table: string, changed: number | null) => {
    if (changed) rows[table] = (rows[table] ?? 0) + changed;
  };
  for (const [table, sql] of ABOUT_THEM) {
    const { rowCount } = await client.query(sql, [company.id, needles.contactIds]);
    count(table, rowCount);
  }
  await takeOut(client, company.id, needles, count);
  if (Object.keys(rows).length === 0) throw new Error(`${company.name} holds nothing of ${email}.`);

  const found = await traces(client, company.id, needles);
  const left = found.filter(({ kind }) => kind !== 'id');
  const broken = await brokenReferences(client, company.id);
  if (left.length > 0 || broken.length > 0) {
    const where = left.map(({ table, columns, kind }) => `${kind} in ${table} (${columns.join(', ')})`);
    throw new Error(`Something would remain, so nothing was changed:\n${[...where, ...broken].join('\n')}`);
  }
  await leaveTombstone(client, company, needles, rows);
  return { rows, remaining: found, needles };
}

/** Rows that are about the person as a whole. The order matters: the log of a note is found by the note. */
const ABOUT_THEM: [table: string, sql: string][] = [
  [
    'audit_logs',
    `update audit_logs set changes = '{}', description = '${GONE}' where company_id = $1 and resource_id in (
       select unnest($2::uuid[]) union all
       select id from notes where company_id = $1 and contact_id = any ($2) union all
       select id from activities where company_id = $1 and contact_id = any ($2))`,
  ],
  ['notes', 'delete from notes where company_id = $1 and contact_id = any ($2)'],
  [
    'activities',
    `update activities set subject = '${GONE}', description = null, location = null, outcome = null, custom_fields = '{}',
       updated_at = now(), version = version + 1
     where company_id = $1 and contact_id = any ($2)`,
  ],
  [
    'import_changes',
    `update import_changes set before = '{}', after = '{}' where company_id = $1 and contact_id = any ($2)`,
  ],
  [
    'contacts',
    `update contacts set first_name = 'Erased', last_name = 'person', email = null, phone = null, mobile = null,
       company = null, title = null, type = null, department = null, website = null, address_line1 = null,
       address_line2 = null, city = null, state = null, postal_code = null, country = null, source = null, tags = '{}',
       custom_fields = '{}', notes = null, linkedin_url = null, twitter_handle = null,
       deleted_at = coalesce(deleted_at, now()), updated_at = now(), version = version + 1
     where company_id = $1 and id = any ($2)`,
  ],
];

/** Takes what names the person out of every text of the company, wherever it stands. */
async function takeOut(
  client: ClientBase,
  companyId: string,
  { patterns }: Needles,
  count: (table: string, changed: number | null) => void,
): Promise<void> {
  const pattern = either(patterns.filter(({ kind }) => kind !== 'id'));
  const numbers = patterns.filter(({ kind }) => kind === 'number');
  // A number of JSON's own, not a text: words in its place would be no JSON. Within a text, null is harmless.
  const bare = numbers.length === 0 ? null : `([:[,]\\s*)[-+.0-9e]*(?:${either(numbers)})[-+.0-9e]*(?=\\s*[],}])`;
  for (const { name, columns } of await searchedTables(client)) {
    const texts = columns.filter(({ computed, id }) => !computed && !id);
    if (texts.length === 0) continue;
    const set = texts.map(({ name: column, type }) => {
      const text = `${quoted(column)}::text`;
      const found = bare !== null && type.startsWith('json') ? `regexp_replace(${text}, $3, '\\1null', 'gi')` : text;
      return `${quoted(column)} = regexp_replace(${found}, $2, '${GONE}', 'gi')::${type}`;
    });
    const { rowCount } = await client.query(
      `update ${quoted(name)} set ${set.join(', ')}
       where company_id = $1 and (${texts.map(({ name: column }) => `${quoted(column)}::text ~* $2`).join(' or ')})`,
      set.some((one) => one.includes('$3')) ? [companyId, pattern, bare] : [companyId, pattern],
    );
    count(name, rowCount);
  }
}

const either = (patterns: Needles['patterns']): string => patterns.map(({ pattern }) => `(?:${pattern})`).join('|');

async function refuseUsers(client: ClientBase, company: FoundCompany, email: string): Promise<void> {
  const { rowCount } = await client.query('select from users where company_id = $1 and email = $2::citext', [
    company.id,
    email,
  ]);
  if (rowCount === 0) return;
  throw new Error(
    `${email} is a user of ${company.name}. Hand over their records and remove them in Settings, Users; what a user did stays in the log.`,
  );
}

/** Who was erased can be told from an address that somebody asks about, and not the other way round. */
const markOf = (email: string): string =>
  createHmac('sha256', deriveKey('erased people')).update(email.toLowerCase()).digest('hex');

async function leaveTombstone(
  client: ClientBase,
  company: FoundCompany,
  { email, contactIds }: Needles,
  rows: Record<string, number>,
): Promise<void> {
  const details = { person: markOf(email), rows };
  for (const id of contactIds.length > 0 ? contactIds : [null]) {
    await client.query(
      `insert into audit_logs (company_id, action, resource_type, resource_id, description, extra_data)
       values ($1, 'erase', 'contacts', $2, 'Personal data erased at the person’s request, by the platform’s staff', $3)`,
      [company.id, id, details],
    );
  }
  await logOperation(client, 'person_erased', company.id, details);
}
