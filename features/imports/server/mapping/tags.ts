const tagChars = 50;
const mostTags = 50;

// Google marks its own groups with an asterisk and puts every contact into the first.
const systemGroups = new Set(['mycontacts', 'starred', 'other contacts']);

/** Splits at `:::`, else semicolons, else commas and bars; a tag named twice counts once. */
export function readTags(text: string): string[] {
  const separator = text.includes(':::') ? ':::' : text.includes(';') ? ';' : /[,|\n]/;
  const tags = new Map<string, string>();
  for (const part of text.split(separator)) {
    const own = part.trim().startsWith('* ');
    const tag = part
      .trim()
      .replace(/^(\* |#)/, '')
      .slice(0, tagChars)
      .trim();
    const name = tag.toLowerCase();
    if (tag === '' || tag === '*' || (own && systemGroups.has(name)) || tags.has(name)) continue;
    tags.set(name, tag);
  }
  return [...tags.values()].slice(0, mostTags);
}
