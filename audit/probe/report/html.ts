import { STYLE } from '../../report/html-style.ts';
import { type Html, html, raw } from '../../report/html-text.ts';
import { many, when } from '../../report/texts.ts';
import type { ProbeResult } from '../result.ts';
import { matrixHtml } from './html-matrix.ts';
import { byReason, endpointsOf, of } from './text.ts';

const OWN = `
.counts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:1rem}.counts dt{color:var(--soft)}.counts dd{margin:0;font-size:1.8rem;font-weight:700;font-variant-numeric:tabular-nums;line-height:1.2}
.counts .leaked dd{color:var(--bad)}.counts .missed dd{color:var(--warn)}.counts .held dd{color:var(--good)}.counts .none dd{color:var(--soft);font-weight:500}
.wide{max-height:80vh;overflow:auto;border:1px solid var(--line);border-radius:8px}.matrix{border-collapse:separate;border-spacing:0;width:auto}
.matrix thead th{position:sticky;top:0;z-index:1;background:var(--surface);text-align:center;padding:.3rem .2rem;min-width:1.5rem}.matrix tbody th{position:sticky;left:0;background:var(--surface);font-weight:500;padding:.15rem .75rem .15rem .6rem;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.matrix thead th:first-child{left:0;z-index:2;text-align:left;padding-left:.6rem}.matrix td{border-bottom:1px solid var(--line);border-left:1px solid var(--line)}
.matrix .held{color:var(--good)}.matrix .leaked{background:var(--bad);color:var(--surface);font-weight:700}.matrix .missed{color:var(--warn);font-weight:700}.matrix .none{color:var(--soft)}
.attacks{columns:18rem;padding-left:1.6rem;font-size:.85rem}
@media print{.wide{max-height:none;overflow:visible}.matrix{font-size:5.5pt}.matrix th{position:static!important;white-space:normal}}
`;

/** One file that needs nothing else, not even scripts: to be read, printed and handed on. */
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
  return `<!doctype html>
${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Bulkhead">
<title>${title}, ${result.finishedAt.slice(0, 10)}</title>
<style>${raw(STYLE)}${raw(OWN)}</style>
</head>
<body>
<header>
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
<p class="soft">✓ held: a company succeeds with the same request, and the other got nothing. · does not apply. ? not reached. L leaked.</p>
${matrixHtml(result)}
<h3>The attacks</h3><ol class="attacks">${attacks.map(({ number, name }) => html`<li value="${number}">${name}</li>`)}</ol></section>
${reasons(result, 'not applicable', 'Why an attack does not apply')}
</main>
<footer>Made by <code>bulkhead probe</code>. An attack counts as held only where a company’s own people succeed with the same request.</footer>
</body>
</html>
`}`;
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
