import { type Html, html } from '../../audit/report/html-text.ts';
import { many } from '../../audit/report/texts.ts';
import type { Quarantined } from '../resolve.ts';
import { chosenView, rowView } from './row-view.ts';
import type { Filter, pastDecisions, Waiting } from './waiting.ts';

export interface Notice {
  done: string[];
  refused: string[];
}

const REASONS: Record<Quarantined['reason'], string> = {
  orphan: 'Nothing says whose',
  ambiguous: 'Of several tenants',
  contradiction: 'Contradicts what it points at',
  duplicate: 'A second one under a unique key',
};

export function frame(path: string, title: string, current: string, body: Html): string {
  const link = (to: string, text: string) =>
    html`<a href="${path}/${to}"${current === to ? html` aria-current="page"` : ''}>${text}</a>`;
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title} · Bulkhead adopt</title><link rel="stylesheet" href="${path}/style.css"></head>
<body><header><p class="brand">Bulkhead <span>adopt</span></p><nav aria-label="Pages">${link('', 'Waiting')}${link('decided', 'Decided')}</nav></header>
<main>${body}</main></body></html>`.toString();
}

/** The rows that wait, and what can be decided about them. */
export function waitingView(path: string, found: Waiting, filter: Filter, notice: Notice | undefined): string {
  const { database, waiting, decided, setAside, rows, more } = found;
  const body = html`
<h1>${waiting === 0 ? 'Nothing waits' : `${many(waiting, 'row')} ${waiting === 1 ? 'waits' : 'wait'} for a decision`}</h1>
<p class="soft">In <code>${database}</code>. ${decided} decided, ${setAside} set aside.</p>
${notice ? noticeView(notice) : ''}
${
  waiting === 0
    ? html`<section class="empty"><h2>Every row has its tenant</h2>
<p>Go on where you run commands: <code>bulkhead adopt apply</code></p><p class="soft">Then this page can be closed.</p></section>`
    : html`${filterView(path, found, filter)}
<form method="post" action="${path}/decide">
<input type="hidden" name="back" value="${queryOf(filter)}">
${rows.map((row) => rowView(row, found, REASONS[row.reason]))}
${more > 0 ? html`<p class="soft">${many(more, 'more row')} come up as these are decided.</p>` : ''}
${chosenView(found)}
</form>`
}`;
  return frame(path, waiting === 0 ? 'Nothing waits' : 'Waiting', '', body);
}

export function pastView(
  path: string,
  { asides, decided }: Awaited<ReturnType<typeof pastDecisions>>,
  notice: Notice | undefined,
): string {
  const keyOf = (key: Record<string, string>) => Object.values(key).join(' / ');
  const body = html`
<h1>Decided</h1>
${notice ? noticeView(notice) : ''}
<section><h2>Set aside</h2>
${
  asides.length === 0
    ? html`<p class="soft">No row was taken out.</p>`
    : html`<form method="post" action="${path}/restore"><ul class="list">${asides.map(
        ({ id, table, reason, line }) => html`<li><div><b>${table}</b> <span class="soft">${reason}</span>
<details><summary>The row</summary><pre tabindex="0">${JSON.stringify(line, null, 1)}</pre></details></div>
<button name="row" value="${id}">Put back</button></li>`,
      )}</ul></form>`
}</section>
<section><h2>Decisions</h2>
${
  decided.length === 0
    ? html`<p class="soft">Nothing was decided yet.</p>`
    : html`<ul class="list">${decided.map(
        ({ table, key, resolution, at }) => html`<li><div><b>${table}</b> <code>${keyOf(key)}</code></div>
<div>${resolution} <time class="soft" datetime="${at.toISOString()}">${at.toISOString().slice(0, 16).replace('T', ' ')} UTC</time></div></li>`,
      )}</ul>`
}</section>`;
  return frame(path, 'Decided', 'decided', body);
}

export const refusedView = (why: string): string =>
  html`<!doctype html><html lang="en"><meta charset="utf-8"><title>Bulkhead adopt</title><body><p>${why}</p>
<p>The address that <code>bulkhead adopt page</code> prints opens once. Run it again for another.</p></body></html>`.toString();

export function queryOf({ table, reason }: Filter): string {
  const query = new URLSearchParams({ ...(table && { table }), ...(reason && { reason }) }).toString();
  return query === '' ? '' : `?${query}`;
}

function filterView(path: string, { groups, waiting }: Waiting, filter: Filter): Html {
  const chip = (text: string, rows: number, to: Filter) =>
    html`<a href="${path}/${queryOf(to)}"${queryOf(to) === queryOf(filter) ? html` aria-current="true"` : ''}>${text} <span>${rows}</span></a>`;
  return html`<nav class="chips" aria-label="Which rows">${chip('All', waiting, {})}${groups.map(
    ({ table, reason, rows }) => chip(`${table}: ${REASONS[reason].toLowerCase()}`, rows, { table, reason }),
  )}</nav>`;
}

function noticeView({ done, refused }: Notice): Html {
  return html`<div class="notices" role="status">${done.map((text) => html`<p class="done">${text}</p>`)}${refused.map(
    (text) => html`<p class="refused">${text}</p>`,
  )}</div>`;
}
