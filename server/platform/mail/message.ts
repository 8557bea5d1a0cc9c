/** A letter to one person. */
export interface Mail {
  /** Makes the Message-ID, so that a letter sent twice is recognised as one. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface Letter {
  to: string;
  subject: string;
  /** Plain paragraphs; what people typed into them is escaped. */
  paragraphs: readonly string[];
  /** A link to follow, set apart from the text. */
  action?: { label: string; url: string };
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** A letter as plain text and as the same in plain HTML, without images or styles from elsewhere. */
export function compose({ to, subject, paragraphs, action }: Letter): Omit<Mail, 'id'> {
  const link = action && `<p><a href="${escapeHtml(action.url)}">${escapeHtml(action.label)}</a></p>`;
  const html = [...paragraphs.map((p) => `<p>${escapeHtml(p)}</p>`), ...(link ? [link] : [])].join('\n');
  const text = [...paragraphs, ...(action ? [`${action.label}: ${action.url}`] : [])].join('\n\n');
  return { to, subject: subject.replace(/[\r\n]+/g, ' '), text: `${text}\n`, html: `<!doctype html>\n${html}\n` };
}
