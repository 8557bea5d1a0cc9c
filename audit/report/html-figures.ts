import { matrixHtml, matrixLegend } from '../probe/report/html-matrix.ts';
import { type Html, html } from './html-text.ts';
import type { Report } from './report.ts';
import { many, nameOf, notCounted, tenantsOf, visitsText, when } from './texts.ts';

/** Of 100, as a ring. */
export function ring(percent: number): Html {
  const around = 2 * Math.PI * 42;
  return html`<svg class="ring" viewBox="0 0 100 100" role="img" aria-label="${percent} of 100 checks passed">
<circle cx="50" cy="50" r="42"/><circle class="done" cx="50" cy="50" r="42" stroke-dasharray="${((around * percent) / 100).toFixed(2)} ${around.toFixed(2)}" transform="rotate(-90 50 50)"/>
<text x="50" y="54">${percent}</text><text class="of" x="50" y="68">of 100</text></svg>`;
}

const COMPANIES = 12;

export function distribution(report: Report): Html | '' {
  const tenants = tenantsOf(report);
  const missing = notCounted(report);
  if (tenants.length + missing.length === 0) return '';
  const shown = tenants.slice(0, COMPANIES);
  const most = Math.max(1, ...shown.map(({ rows }) => rows));
  const all = tenants.reduce((sum, { rows }) => sum + rows, 0);
  const bars = shown.map(
    ({ tenant, rows }) => html`<tr><th scope="row">${nameOf(report, tenant)}</th>
<td><span class="bar"><i class="${tenant === '' ? 'failed' : 'plain'}" style="flex:0 0 ${Math.max(0.5, (100 * rows) / most).toFixed(1)}%"></i></span></td>
<td class="n">${rows.toLocaleString('en')}</td>${report.company ? '' : html`<td class="n soft">${((100 * rows) / Math.max(1, all)).toFixed(1)} %</td>`}</tr>`,
  );
  const tables = report.distribution
    .map(({ table, rows, estimated }) => ({
      table,
      estimated,
      rows: Object.values(rows).reduce((sum, one) => sum + one, 0),
      of: Object.keys(rows).length,
    }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows);
  return html`<section><h2>${report.company ? 'Your rows' : 'Distribution by company'}</h2>
<table class="parts"><tbody>${bars}</tbody></table>
${tenants.length > COMPANIES ? html`<p class="soft">and ${tenants.length - COMPANIES} more companies</p>` : ''}
<details open><summary>By table <span class="soft">${many(tables.length, 'table')} with rows</span></summary>
<table class="counts"><thead><tr><th>Table</th>${report.company ? '' : html`<th class="n">Companies</th>`}<th class="n">Rows</th></tr></thead><tbody>${tables.map(
    ({ table, rows, of, estimated }) =>
      html`<tr><td>${table}</td>${report.company ? '' : html`<td class="n">${of}</td>`}<td class="n">${estimated ? 'about ' : ''}${rows.toLocaleString('en')}</td></tr>`,
  )}</tbody></table></details>
${missing.length === 0 ? '' : html`<h3>Could not be counted</h3><table><tbody>${missing.map(({ table, why }) => html`<tr><td>${table}</td><td>${why}</td></tr>`)}</tbody></table>`}</section>`;
}

/** What the probe tried: endpoint by attack, and what leaked or was not reached with its reason. */
export function coverage({ probe }: Report): Html | '' {
  if (!probe) return '';
  const { leaked = 0, held = 0, 'not reached': missed = 0, 'not applicable': idle = 0 } = probe.counts;
  const open = probe.cells.filter(({ outcome }) => outcome === 'leaked' || outcome === 'not reached');
  return html`<section><h2>What was attacked</h2>
<p>${probe.target.title} at ${probe.target.url}, ${when(probe.finishedAt)}: ${leaked} leaked, ${held} held, ${missed} not reached, ${idle} not applicable.${probe.stopped === undefined ? '' : ` It ended early: ${probe.stopped}`}</p>
${open.length === 0 ? '' : html`<table><tbody>${open.map(({ endpoint, number, attack, outcome, reason }) => html`<tr><td><span class="tag ${outcome === 'leaked' ? 'critical' : 'low'}">${outcome}</span></td><td>${endpoint}</td><td>${number} ${attack}</td><td>${reason}</td></tr>`)}</tbody></table>`}
<details><summary>Endpoint by attack <span class="soft">${many(probe.endpoints.length, 'endpoint')}</span></summary>
${matrixLegend}${matrixHtml(probe)}</details></section>`;
}

/** Who of the platform's staff looked at the company. */
export function visits(report: Report): Html | '' {
  const { visits: list } = report;
  if (!list) return '';
  const head = html`<section><h2>Who looked at your data</h2><p>${visitsText(report)}</p>`;
  if (list.length === 0) return html`${head}</section>`;
  return html`${head}
<table><thead><tr><th>Who</th><th>Why</th><th>From</th><th>Until</th></tr></thead><tbody>${list.map(
    ({ admin_email, reason, started_at, ended_at }) =>
      html`<tr><td>${admin_email}</td><td>${reason}</td><td>${when(started_at)}</td><td>${ended_at ? when(ended_at) : 'still open'}</td></tr>`,
  )}</tbody></table></section>`;
}
