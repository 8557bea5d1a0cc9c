import { type Html, html } from '../../report/html-text.ts';
import type { ProbeResult } from '../result.ts';
import { rowsOf } from './rows.ts';

const MARKS = {
  leaked: ['leaked', 'L'],
  held: ['held', '✓'],
  'not reached': ['missed', '?'],
  'not applicable': ['none', '·'],
} as const;

/** Endpoint by attack, with headings that stay where one scrolls. */
export const matrixHtml = (
  result: ProbeResult,
): Html => html`<div class="wide" tabindex="0" role="region" aria-label="Endpoint by attack"><table class="matrix">
<thead><tr><th scope="col">Endpoint</th>${result.attacks.map(({ number, name }) => html`<th scope="col" title="${name}">${number}</th>`)}</tr></thead>
<tbody>${rowsOf(result).map(
  ({ title, cells }) =>
    html`<tr><th scope="row">${title}</th>${cells.map(({ number, attack, outcome, reason }) => {
      const [kind, mark] = MARKS[outcome];
      return html`<td class="${kind}" title="${`${number} ${attack}: ${outcome}. ${reason}`.slice(0, 300)}">${mark}</td>`;
    })}</tr>`,
)}</tbody></table></div>`;

/** What its marks mean. */
export const matrixLegend: Html = html`<p class="soft">✓ held: a company succeeds with the same request, and the other got nothing. · does not apply. ? not reached. L leaked.</p>`;

export const MATRIX_STYLE = `
.wide{max-height:80vh;overflow:auto;border:1px solid var(--line);border-radius:8px}.matrix{border-collapse:separate;border-spacing:0;width:auto;font-size:.72rem}
.matrix th{white-space:nowrap}.matrix td{text-align:center;padding:.1rem .3rem;border-bottom:1px solid var(--line);border-left:1px solid var(--line)}
.matrix thead th{position:sticky;top:0;z-index:1;background:var(--surface);text-align:center;padding:.3rem .2rem;min-width:1.5rem}.matrix tbody th{position:sticky;left:0;background:var(--surface);font-weight:500;padding:.15rem .75rem .15rem .6rem;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.matrix thead th:first-child{left:0;z-index:2;text-align:left;padding-left:.6rem}
.matrix .held{color:var(--good)}.matrix .leaked{background:var(--bad);color:var(--surface);font-weight:700}.matrix .missed{color:var(--warn);font-weight:700}.matrix .none{color:var(--soft)}
@media print{.wide{max-height:none;overflow:visible}.matrix{font-size:5.5pt}.matrix th{position:static!important;white-space:normal}}
`;
