import type { Teller } from './teller.ts';

/** Writes the company's contacts: their ids, in the story's order. */
export async function tellContacts(teller: Teller): Promise<string[]> {
  const { story, calendar } = teller;
  const ids: string[] = [];
  for (const contact of story.contacts) {
    const site = contact.at.toLowerCase().replace(/[^a-z]+/g, '-');
    const id = await teller.insert(contact.owner, calendar.ago(contact.since), 'contacts', {
      first_name: contact.first,
      last_name: contact.last,
      title: contact.title,
      company: contact.at,
      email: `${contact.first}.${contact.last}@${site}.example`.toLowerCase(),
      website: `https://${site}.example`,
      phone: contact.phone,
      mobile: contact.mobile ?? null,
      address_line1: contact.street,
      city: contact.city,
      state: contact.state ?? null,
      postal_code: contact.postcode,
      country: story.currency === 'GBP' ? 'United Kingdom' : 'United States',
      status: 'NEW',
      source: contact.source,
      lead_score: Math.round(contact.score / 3),
      owner_id: teller.user(contact.owner),
      private_to: contact.isPrivate ? teller.user(contact.owner) : null,
      tags: [...(contact.tags ?? [])],
      custom_fields: teller.custom(contact.custom),
      notes: contact.notes ?? null,
    });
    ids.push(id);
    await teller.update(contact.owner, calendar.ago(contact.since * 0.7), 'contacts', id, {
      lead_score: contact.score,
      ...(contact.status === 'NEW' ? {} : { status: contact.status }),
    });
  }
  return ids;
}
