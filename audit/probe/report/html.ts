import { htmlPage } from '../../report/html-page.ts';
import { type Html, html } from '../../report/html-text.ts';
import { many, when } from '../../report/texts.ts';
import type { ProbeResult } from '../result.ts';
import { MATRIX_STYLE, matrixHtml, matrixLegend } from './html-matrix.ts';
import { byReason, endpointsOf, of } from './text.ts';

const OWN = `
.counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:1rem}.counts dt{color:var(--soft)}.counts dd{margin:0;font-size:1.8rem;font-weight:700;font-variant-numeric:tabular-nums;line-height:1.2}
.counts .leaked dd{color:var(--bad)}.counts .missed dd{color:var(--warn)}.counts .held dd{color:var(--good)}.counts .none dd{color:var(--soft);font-weight:500}
.attacks{columns:18rem;padding-left:1.6rem;font-size:.85rem}
`;

/** A page to be read, printed and handed on. */
export function probeHtml(result: ProbeResult): string {
  const { counts, endpoints, attacks, target, requests, stopped } = result;
  const verdict =
    counts.leaked > 0 ? 'broken' : stopped !== undefined || counts['not reached'] > 0 ? 'unproven' : 'isolated';
  const said = {
    broken: ['It leaks', 'One company saw, changed or inferred what is another’s.'],
    unproven: ['Nothing leaked', 'But not every attack could be made: what was not reached is not proven.'],
    isolated: [
      'Nothing leaked',
      'Every attack that applies was made, and held where a company succeeds with the same request.',
    ],
  }[verdict];
  const title = `Isolation of ${target.title}, attacked`;
  const figures = [
    ['leaked', 'leaked', counts.leaked],
    ['held', 'held', counts.held],
    ['missed', 'not reached', counts['not reached']],
    ['none', 'not applicable', counts['not applicable']],
  ] as const;
  return htmlPage(
    title,
    result.finishedAt,
    html`<header>
<p class="brand">Bulkhead</p>
<h1>${title}</h1>
<p class="soft">${target.url} · ${when(result.finishedAt)}</p>
</header>
<main>
<section class="verdict ${verdict}" aria-label="Verdict"><div><h2>${said[0] ?? ''}</h2><p>${said[1] ?? ''}</p>
<p class="soft">${many(endpoints.length, 'endpoint')} by ${many(attacks.length, 'attack')}, ${many(requests, 'request')}</p>
${stopped === undefined ? '' : html`<p>It ended early: ${stopped}</p>`}</div></section>
<section aria-label="Counts"><dl class="counts">${figures.map(([name, text, count]) => html`<div class="${name}"><dt>${text}</dt><dd>${count.toLocaleString('en')}</dd></div>`)}</dl></section>
${leaks(result)}
${reasons(result, 'not reached', 'What was not reached')}
<section><h2>Endpoint by attack</h2>
${matrixLegend}
${matrixHtml(result)}
<h3>The attacks</h3><ol class="attacks">${attacks.map(({ number, name }) => html`<li value="${number}">${name}</li>`)}</ol></section>
${reasons(result, 'not applicable', 'Why an attack does not apply')}
</main>
<footer>Made by <code>bulkhead probe</code>. An attack counts as held only where a company’s own people succeed with the same request.</footer>`,
    MATRIX_STYLE + OWN,
  );
}

function leaks(result: ProbeResult): Html | '' {
  const leaked = of(result, 'leaked');
  if (leaked.length === 0) return '';
  return html`<section><h2>What leaked</h2>${leaked.map(
    ({ endpoint, number, attack, reason, reproduction }) => html`<article class="rule">
<h3><span class="tag critical">leaked</span> ${endpoint}</h3><p class="soft">Attack ${number}: ${attack}</p>
<pre tabindex="0">${reason}</pre>${reproduction === undefined ? '' : html`<p>To make it again:</p><pre tabindex="0">${reproduction}</pre>`}</article>`,
  )}</section>`;
}

function reasons(result: ProbeResult, outcome: 'not reached' | 'not applicable', title: string): Html | '' {
  const groups = byReason(of(result, outcome));
  if (groups.length === 0) return '';
  return html`<section><h2>${title}</h2><table><thead><tr><th>Why</th><th>Where</th><th class="n">Cells</th></tr></thead>
<tbody>${groups.map(([reason, cells]) => html`<tr><td>${reason}</td><td>${endpointsOf(cells)}</td><td class="n">${cells.length}</td></tr>`)}</tbody></table></section>`;
}
