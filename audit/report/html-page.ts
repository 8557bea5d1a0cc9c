import { STYLE } from './html-style.ts';
import { type Html, html, raw } from './html-text.ts';

/**
 * One file that needs nothing else, not even scripts: to be read, printed and handed on.
 * @param day ISO 8601, to tell one saved report from another
 * @param body header, main and footer
 */
export const htmlPage = (title: string, day: string, body: Html, style = ''): string =>
  `<!doctype html>
${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Bulkhead">
<title>${title}, ${day.slice(0, 10)}</title>
<style>${raw(STYLE + style)}</style>
</head>
<body>
${body}
</body>
</html>
`}`;
