import type { ToldDeal } from './deals.ts';
import type { Teller } from './teller.ts';

/** Writes what the company's people did, plan and wrote down about a deal. */
export async function tellWork(teller: Teller, deal: ToldDeal, most: number): Promise<void> {
  const { story, calendar, chance } = teller;
  const about = { contact_id: deal.contactId, deal_id: deal.id };
  const span = deal.began - deal.entered;
  const done = Math.max(1, Math.min(most, Math.round(span / 5)));
  for (let i = 0; i < done; i += 1) {
    await tellDone(teller, deal.owner, deal.began - (span * (i + 0.3)) / done, i, about);
  }
  if (deal.status === 'open') await tellPlanned(teller, deal.owner, about);
  for (let i = chance.whole(0, most > 3 ? 3 : 1); i > 0; i -= 1) {
    const at = calendar.ago(deal.entered + span * chance.fraction());
    const row = { body: chance.pick(story.talk.notes), author_id: teller.user(deal.owner), deal_id: deal.id };
    await teller.insert(deal.owner, at, 'notes', { ...row, pinned_at: chance.percent(20) ? at : null });
  }
}

/** The same about a contact who has no deal. */
export async function tellCare(teller: Teller, contactId: string, place: number): Promise<void> {
  const { story, calendar, chance } = teller;
  const { owner, since, isPrivate } = story.contacts[place]!;
  const about = { contact_id: contactId, private_to: isPrivate ? teller.user(owner) : null };
  await tellDone(teller, owner, since * 0.8, 0, about);
  if (since > 40) await tellDone(teller, owner, since * 0.4, chance.whole(1, 5), about);
  if (chance.percent(55)) await tellPlanned(teller, owner, about);
  if (chance.percent(60)) {
    const row = { body: chance.pick(story.talk.notes), author_id: teller.user(owner), contact_id: contactId };
    await teller.insert(owner, calendar.ago(since * 0.5), 'notes', row);
  }
}

interface About {
  contact_id: string;
  deal_id?: string;
  private_to?: string | null;
}

async function tellDone(teller: Teller, owner: string, ago: number, place: number, about: About): Promise<void> {
  const { calendar, chance, story } = teller;
  const { type, subject, outcome, minutes } = story.talk.done[place % story.talk.done.length]!;
  const due = calendar.ago(ago);
  const row = { type, subject, due_date: due, owner_id: teller.user(owner), ...about };
  const id = await teller.insert(owner, calendar.ago(ago + chance.whole(1, 4)), 'activities', row);
  const cancelled = chance.percent(6);
  await teller.update(owner, due, 'activities', id, {
    ...(cancelled
      ? { status: 'cancelled', outcome: 'They asked for another day' }
      : { status: 'completed', completed_at: due, duration_minutes: minutes, outcome }),
  });
}

async function tellPlanned(teller: Teller, owner: string, about: About): Promise<void> {
  const { calendar, chance, story } = teller;
  const { type, subject, location } = chance.pick(story.talk.planned);
  const kind = chance.whole(1, 100);
  const hour = chance.whole(9, 16);
  const due =
    kind <= 22
      ? calendar.ago(chance.whole(1, 9))
      : kind <= 35
        ? calendar.ahead(0, hour)
        : calendar.ahead(chance.whole(1, 21), hour);
  const id = await teller.insert(owner, calendar.ago(chance.whole(9, 13)), 'activities', {
    type,
    subject,
    due_date: due,
    owner_id: teller.user(owner),
    location: location ?? null,
    priority: chance.whole(0, 3),
    ...about,
  });
  if (kind <= 22) {
    await tellNews(teller, owner, owner, 1, 'warning', `Overdue: ${subject}`, story.name, `/activities/${id}`);
  }
}

/** Tells those above the owner of a deal that was won, and the owner of one that came in. */
export async function tellDealNews(teller: Teller, deal: ToldDeal): Promise<void> {
  const link = `/deals/${deal.id}`;
  const seller = teller.story.people.find(({ first }) => first.toLowerCase() === deal.owner)!;
  const admin = teller.story.people[0]!.first.toLowerCase();
  if (deal.status !== 'open' && deal.entered < 70) {
    const [kind, words] = deal.status === 'won' ? (['success', 'won'] as const) : (['info', 'lost'] as const);
    for (const reader of new Set([seller.manager ?? admin, admin])) {
      await tellNews(
        teller,
        deal.owner,
        reader,
        deal.entered,
        kind,
        `${seller.first} ${words} a deal`,
        deal.title,
        link,
      );
    }
  }
  if (deal.status === 'open' && deal.began < 30) {
    await tellNews(teller, admin, deal.owner, deal.began, 'info', 'A deal is yours', deal.title, link);
  }
}

/** Plans what the admin has to do: a manager's day, which no deal brings about. */
export async function tellDesk(teller: Teller): Promise<void> {
  const { story, calendar } = teller;
  const admin = story.people[0]!.first.toLowerCase();
  for (const { day, hour, ...activity } of story.desk) {
    const due_date = day < 0 ? calendar.ago(-day) : calendar.ahead(day, hour);
    const row = { ...activity, due_date, owner_id: teller.user(admin), priority: day > 0 ? 1 : 2 };
    await teller.insert(admin, calendar.ago(6), 'activities', row);
  }
}

/** Tells everybody of the tidied pipeline, and the admin of the invitation that nobody has accepted yet. */
export async function tellCompanyNews(teller: Teller): Promise<void> {
  const { story } = teller;
  const admin = story.people[0]!.first.toLowerCase();
  for (const { first } of story.people) {
    const message = `${story.retired.length} stages that nobody used were given up.`;
    await tellNews(
      teller,
      admin,
      first.toLowerCase(),
      story.tidied,
      'info',
      'The pipeline was tidied',
      message,
      '/deals',
    );
  }
  await tellNews(
    teller,
    admin,
    admin,
    1,
    'info',
    'Invited',
    `${story.invited.email} has a letter from you.`,
    '/settings/people',
  );
}

async function tellNews(
  teller: Teller,
  by: string,
  reader: string,
  ago: number,
  type: 'info' | 'success' | 'warning',
  title: string,
  message: string,
  link: string,
): Promise<void> {
  const read_at = ago > 6 ? teller.calendar.ago(ago - 1) : null;
  const row = { user_id: teller.user(reader), type, title, message, link, read_at };
  await teller.insert(by, teller.calendar.ago(ago), 'notifications', row);
}
