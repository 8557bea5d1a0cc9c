import { type Html, html } from '../../report/html-text.ts';
import type { ProbeResult } from '../result.ts';

const MARKS = {
  leaked: ['leaked', 'L'],
  held: ['held', '✓'],
  'not reached': ['missed', '?'],
  'not applicable': ['none', '·'],
} as const;

/** Endpoint by attack, with headings that stay where one scrolls. */
export function matrixHtml({ attacks, cells, endpoints }: ProbeResult): Html {
  const at = new Map(cells.map((cell) => [`${cell.endpoint} ${cell.number}`, cell]));
  const row = (title: string) =>
    html`<tr><th scope="row">${title}</th>${attacks.map(({ number, name }) => {
      const cell = at.get(`${title} ${number}`);
      const [kind, mark] = MARKS[cell?.outcome ?? 'not reached'];
      return html`<td class="${kind}" title="${`${number} ${name}: ${cell?.outcome ?? 'not reached'}. ${cell?.reason ?? ''}`.slice(0, 300)}">${mark}</td>`;
    })}</tr>`;
  return html`<div class="wide" tabindex="0" role="region" aria-label="Endpoint by attack"><table class="matrix">
<thead><tr><th scope="col">Endpoint</th>${attacks.map(({ number, name }) => html`<th scope="col" title="${name}">${number}</th>`)}</tr></thead>
<tbody>${endpoints.map(({ method, path }) => row(`${method} ${path}`))}</tbody></table></div>`;
}
