import { randomBytes } from 'node:crypto';
import type { Past } from '../server/tenancy/history.ts';
import type { DemoCompany } from './shape.ts';
import { Teller } from './teller.ts';

/** Writes the company, its people with their logins, teams, tags, fields and pipeline. */
export async function tellCompany(
  past: Past,
  story: DemoCompany,
  today: string,
  hashes: ReadonlyMap<string, string>,
): Promise<Teller> {
  const teller = new Teller(past, story, today);
  const founded = teller.calendar.ago(story.age);
  teller.companyId = await past.insertGlobal(founded, 'companies', {
    name: story.name,
    plan: 'business',
    subscription_status: 'active',
    currency: story.currency,
    domain: story.domain,
    email: `hello@${story.domain}`,
    ...story.company,
  });
  await tellPeople(teller, past, hashes);
  const admin = story.people[0]!.first.toLowerCase();
  for (const { name, description, lead, members } of story.teams) {
    const at = teller.calendar.ago(story.age - 2);
    const team = await teller.insert(admin, at, 'teams', { name, description });
    for (const member of [lead, ...members]) {
      const row = { team_id: team, user_id: teller.user(member), is_lead: member === lead };
      await teller.insert(admin, at, 'team_members', row);
    }
  }
  for (const [name, color] of Object.entries(story.tags)) {
    await teller.insert(admin, teller.calendar.ago(story.age - 3), 'tags', { name, color });
  }
  for (const [place, { options = [], ...field }] of story.fields.entries()) {
    const row = { ...field, options: JSON.stringify(options), order_index: place };
    await teller.insert(admin, teller.calendar.ago(story.age - 3), 'custom_field_definitions', row);
  }
  for (const { owner, isShared, definition, ...view } of story.views) {
    const row = { ...view, definition: JSON.stringify(definition), owner_id: teller.user(owner), is_shared: isShared };
    await teller.insert(owner, teller.calendar.ago(story.tidied - 5), 'saved_views', row);
  }
  await teller.insert(story.invited.by, teller.calendar.ago(1), 'invitations', {
    email: story.invited.email,
    user_role: story.invited.role,
    invited_by: teller.user(story.invited.by),
    token_hash: randomBytes(32), // of no token: nobody has the letter
    sent_at: teller.calendar.ago(1),
    expires_at: teller.calendar.ahead(6, 12),
  });
  return teller;
}

async function tellPeople(teller: Teller, past: Past, hashes: ReadonlyMap<string, string>): Promise<void> {
  const { story, calendar } = teller;
  for (const [place, { first, last, role, title, phone, manager }] of story.people.entries()) {
    const email = teller.emailOf(first, last);
    const joined = calendar.ago(story.age - place * 0.2);
    const admin = story.people[0]!.first.toLowerCase();
    const id = past.newId(joined);
    teller.users.set(first.toLowerCase(), id);
    await teller.insert(admin, joined, 'users', {
      id,
      email,
      user_role: role,
      first_name: first,
      last_name: last,
      title,
      phone,
      department: role === 'company_admin' ? 'Management' : 'Sales',
      location: story.company.city ?? null,
      timezone: story.company.timezone ?? null,
      manager_id: manager === undefined ? null : teller.user(manager),
      email_verified_at: joined,
      last_login_at: calendar.ago(1 + place * 0.1),
    });
    // Who has no password here can have one sent, as anybody who forgot theirs.
    await past.insertGlobal(joined, 'login_identities', {
      email,
      company_id: teller.companyId,
      user_id: id,
      password_hash: hashes.get(email) ?? null,
      password_changed_at: new Date().toISOString(),
    });
    if (place > 0) continue;
    await teller.insert(admin, joined, 'security_logs', {
      company_id: teller.companyId,
      event_type: 'registered',
      severity: 'info',
      user_id: id,
      user_email: email,
      description: 'The company was registered',
    });
  }
}
