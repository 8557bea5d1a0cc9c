const numbered = (texts: string[]) => texts.map((text, at) => ({ text, at }));

/** The little Markdown that pages of rules are written in: paragraphs, code and fenced blocks. */
export function Prose({ text }: { text: string }) {
  return numbered(text.split(/(```\w*\n[\s\S]*?```)/)).map(({ text: part, at }) => {
    const fenced = /^```\w*\n([\s\S]*?)```$/.exec(part);
    if (fenced)
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
        <pre key={at} tabIndex={0}>
          {fenced[1]?.trimEnd()}
        </pre>
      );
    if (part.trim() === '') return null;
    return (
      <p key={at}>
        {numbered(part.split(/`([^`]+)`/)).map(({ text: piece, at: place }) =>
          place % 2 === 1 ? <code key={place}>{piece}</code> : piece,
        )}
      </p>
    );
  });
}
