import { MATRIX_STYLE } from '../probe/report/html-matrix.ts';
import { PARTS } from '../rule.ts';
import { coverage, distribution, ring, visits } from './html-figures.ts';
import { htmlPage } from './html-page.ts';
import { type Html, html, raw, scriptJson } from './html-text.ts';
import type { JudgedOutcome, Report } from './report.ts';
import { KEY_PATH } from './seal.ts';
import { tamed } from './tame.ts';
import {
  many,
  PART_TITLES,
  secondsOf,
  standing,
  tallyText,
  titleOf,
  troubled,
  unlooked,
  VERDICTS,
  verdictText,
  waivedThings,
  when,
} from './texts.ts';

/**
 * A page to be read, printed and handed on. The report itself is within it as JSON, so that `bulkhead audit verify` can check it.
 */
export function htmlReport(signed: Report): string {
  const report = tamed(signed);
  const { database, score } = report;
  const facts: [string, string][] = [
    ['Database', database.name],
    ['Server', `PostgreSQL ${database.serverVersion}`],
    ['Tables', database.tables.toLocaleString('en')],
    ['Belongs by', `${database.tenantColumn} → ${database.tenantTable}`],
    ['Finished', when(report.finishedAt)],
    ['Took', secondsOf(report)],
  ];
  return htmlPage(
    titleOf(report),
    report.finishedAt,
    html`<header>
<p class="brand">${raw(MARK)} Bulkhead</p>
<h1>${titleOf(report)}</h1>
<p class="soft">${report.installation ?? ''}</p>
</header>
<main>
<section class="verdict ${score.verdict}" aria-label="Verdict">
${ring(score.percent)}
<div><h2>${VERDICTS[score.verdict]}</h2><p>${verdictText(report)}</p><p class="soft">${tallyText(score)}</p></div>
</section>
<dl class="facts">${facts.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${understanding(report)}
<section><h2>What was checked</h2>
<table class="parts"><thead><tr><th>Part</th><th>Outcome</th><th class="n">Passed</th></tr></thead>
<tbody>${PARTS.map((part) => partRow(report, part))}</tbody></table>
<p class="legend"><span class="passed">passed</span><span class="failed">failed</span><span class="waived">waived</span><span class="unknown">not checked</span></p></section>
${findings(report)}
${unknown(report)}
${accepted(report)}
${coverage(report)}
${distribution(report)}
${visits(report)}
<section><h2>Every check</h2>${PARTS.map((part) => every(report, part))}</section>
${signature(report)}
</main>
<footer>Counted by <code>bulkhead audit</code>: what could not be checked, and what was waived, is not counted as passed.</footer>
<script type="application/json" id="report">${scriptJson(signed)}</script>`,
    report.probe && MATRIX_STYLE,
  );
}

const MARK =
  '<svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true"><path d="M2 8h28l-3.400 12.200A8 8 0 0 1 18.900 26H13.100a8 8 0 0 1-7.700-5.800Z" fill="#0c6b66"/><path d="M11.500 8v17.600M20.500 8v17.600" stroke="#f6f5f1" stroke-width="2"/><path d="M2 8h28l-1.400 5H3.400Z" fill="#e0803c"/></svg>';

function partRow({ score }: Report, part: (typeof PARTS)[number]): Html | '' {
  const tally = score.parts[part];
  if (!tally) return '';
  const { passed, failed, waived, notChecked, checks } = tally;
  const widths = [
    ['failed', failed],
    ['unknown', notChecked],
    ['waived', waived],
    ['passed', passed],
  ] as const;
  const bars = widths.flatMap(([name, count]) =>
    count > 0 ? [html`<i class="${name}" style="flex:${count}"></i>`] : [],
  );
  return html`<tr><th scope="row">${PART_TITLES[part]}</th><td><span class="bar" role="img" aria-label="${tallyText(tally)}">${bars}</span></td><td class="n">${passed} / ${checks}</td></tr>`;
}

function understanding({ understood }: Report): Html | '' {
  if (understood.length === 0) return '';
  return html`<section><h2>How the database was understood</h2><table><tbody>${understood.map(
    ({ how, what }) => html`<tr><td class="soft how">${how}</td><td>${what}</td></tr>`,
  )}</tbody></table></section>`;
}

function findings(report: Report): Html | '' {
  const failed = troubled(report, 'failed');
  if (failed.length === 0) return '';
  return html`<section><h2>What was found</h2>${failed.map(
    ({ rule, about, findings }) => html`<article class="rule">
<h3><span class="tag ${rule.severity}">${rule.severity}</span> ${rule.title}</h3>
<p class="soft">Rule ${rule.number} <code>${rule.name}</code> · ${PART_TITLES[rule.part]}</p>
${about === undefined ? '' : html`<p>${about}</p>`}
${standing(findings).map(({ object, message, mend }) => html`<div class="finding"><p><b>${object}</b> ${message}</p><pre tabindex="0">${mend}</pre></div>`)}
</article>`,
  )}</section>`;
}

function unknown(report: Report): Html | '' {
  const those = unlooked(report);
  if (those.length === 0) return '';
  return html`<section><h2>What could not be checked</h2><p>None of this is counted as passed.</p>
<table><thead><tr><th>Rule</th><th>What would hold</th><th>Why it was not checked</th></tr></thead><tbody>${those.map(
    ({ rule, reason }) =>
      html`<tr><td class="n">${rule.number}</td><td>${rule.title} <span class="tag ${rule.severity}">${rule.severity}</span></td><td>${reason ?? ''}</td></tr>`,
  )}</tbody></table></section>`;
}

function accepted(report: Report): Html | '' {
  const waived = waivedThings(report);
  const { expired, unmatched } = report.waivers;
  if (waived.length + expired.length + unmatched.length === 0) return '';
  return html`<section><h2>What was waived</h2>
<table><thead><tr><th>Rule</th><th>What</th><th>Why</th><th>Who answers for it</th><th>Until</th></tr></thead><tbody>
${waived.map(({ outcome, object, reason, owner, expires }) => html`<tr><td class="n">${outcome.rule.number}</td><td>${object}</td><td>${reason}</td><td>${owner}</td><td>${expires}</td></tr>`)}
${expired.map(({ rule, object, reason, owner, expires }) => html`<tr><td class="n">${rule}</td><td>${object ?? 'the whole rule'}</td><td>${reason}</td><td>${owner}</td><td><span class="tag high">expired</span> ${expires}</td></tr>`)}
${unmatched.map(({ rule, object, reason, owner, expires }) => html`<tr><td class="n">${rule}</td><td>${object ?? 'the whole rule'} <span class="tag low">matches nothing</span></td><td>${reason}</td><td>${owner}</td><td>${expires}</td></tr>`)}
</tbody></table></section>`;
}

const SAID = {
  passed: 'passed',
  failed: 'failed',
  waived: 'waived',
  'not checked': 'unknown',
  'not applicable': 'none',
} as const;

function every({ outcomes }: Report, part: (typeof PARTS)[number]): Html | '' {
  const those = outcomes.filter(({ rule }) => rule.part === part);
  if (those.length === 0) return '';
  const row = ({ rule, outcome }: JudgedOutcome) =>
    html`<tr><td class="n">${rule.number}</td><td>${rule.title}</td><td>${rule.severity}</td><td><span class="dot ${SAID[outcome]}">${outcome}</span></td></tr>`;
  return html`<details open><summary>${PART_TITLES[part]} <span class="soft">${many(those.length, 'check')}</span></summary>
<table class="every"><tbody>${those.map(row)}</tbody></table></details>`;
}

function signature({ seal, installation }: Report): Html {
  if (!seal)
    return html`<section><h2>Signature</h2><p>This report is not signed: nobody can tell whether it was changed.</p></section>`;
  return html`<section class="seal"><h2>Signature</h2>
<p>Signed ${when(seal.signedAt)} with Ed25519. Whoever has this file can check that nothing in it was changed:</p>
<pre tabindex="0">bulkhead audit verify this-file --key ${seal.fingerprint}</pre>
<p>The key is the installation’s own if this fingerprint is the one at <code>${installation ?? ''}${KEY_PATH}</code>:</p>
<p><code class="key">${seal.fingerprint}</code></p></section>`;
}
