/** What a column can go into, as people think of a contact. */
export const fieldGroups = {
  person: ['full_name', 'first_name', 'last_name', 'title', 'department', 'type'],
  reach: ['email', 'phone', 'mobile', 'linkedin_url', 'twitter_handle'],
  company: ['company', 'website'],
  address: ['address_line1', 'address_line2', 'city', 'state', 'postal_code', 'country'],
  sale: ['status', 'source', 'lead_score', 'owner', 'tags', 'notes'],
} as const;

const CUSTOM = 'custom:';
export const keyOfCustom = (field: string): string | undefined =>
  field.startsWith(CUSTOM) ? field.slice(CUSTOM.length) : undefined;

/** A field of the company's own for a column, by a name that no other has. */
export function newFieldFor(header: string, taken: ReadonlySet<string>): string {
  const plain = header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 40);
  const start = `${CUSTOM}${plain || 'field'}`;
  let field = start;
  for (let n = 2; taken.has(field); n += 1) field = `${start}_${n}`;
  return field;
}
