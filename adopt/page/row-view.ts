import { type Html, html } from '../../audit/report/html-text.ts';
import type { Resolution } from '../resolve.ts';
import { buttonFor } from './decisions.ts';
import type { Reference, Waiting, WaitingRow } from './waiting.ts';

/** One row: what it is, what it points at, and the decisions that lie near. */
export function rowView(row: WaitingRow, { names }: Waiting, reason: string): Html {
  const { id, table, key, line, references } = row;
  const called = Object.values(key).join(' / ');
  const nameOf = (tenant: string) => names.get(tenant) ?? tenant;
  return html`<article aria-labelledby="row-${id}">
<div class="head"><input type="checkbox" name="row" value="${id}" aria-label="${table} ${called}">
<h2 id="row-${id}">${table} <code>${called}</code></h2><span class="tag ${row.reason}">${reason}</span></div>
${
  references === undefined
    ? html`<p class="refused">It is not there any more as it was found. Run <code>bulkhead adopt apply</code>: it looks anew.</p>`
    : html`${referencesView(references, nameOf)}
<dl>${Object.entries(line)
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => html`<div><dt>${name}</dt><dd>${textOf(value)}</dd></div>`)}</dl>
<div class="decide">${row.candidates.map((tenant) => giveView(row, references, tenant, nameOf(tenant)))}
<button name="decide" value="${buttonFor(id, { setAside: true })}">Set aside</button></div>`
}</article>`;
}

function referencesView(references: readonly Reference[], nameOf: (tenant: string) => string): Html {
  if (references.length === 0) return html`<p class="soft">It points at nothing that belongs to a tenant.</p>`;
  return html`<ul class="points">${references.map(
    ({ columns, table, tenant }) =>
      html`<li><code>${columns.join(', ')}</code> points at ${table} of <b>${tenant === null ? 'nobody yet' : nameOf(tenant)}</b></li>`,
  )}</ul>`;
}

/** A button that says all that it does; where it could do nothing, why. */
function giveView({ id, privateTo }: WaitingRow, references: readonly Reference[], to: string, name: string): Html {
  const strays = references.filter(({ tenant }) => tenant !== to);
  const stuck = strays.find(({ free }) => free === undefined);
  if (stuck) {
    return html`<span class="soft">Not to ${name}: <code>${stuck.columns.join(', ')}</code> may not be empty.</span>`;
  }
  const resolution: Resolution = { to, detach: strays.length > 0, ...(privateTo !== undefined && { privateTo }) };
  const emptied = strays.map(({ free }) => free).join(', ');
  return html`<button class="give" name="decide" value="${buttonFor(id, resolution)}">Give to ${name}${
    emptied === '' ? '' : html`, and empty ${emptied}`
  }${privateTo === undefined ? '' : html`, for user ${privateTo} alone`}</button>`;
}

/** The decision about all rows that are ticked. */
export function chosenView({ tenants, rows }: Waiting): Html {
  const mayBePrivate = rows.some(({ privateTo }) => privateTo !== undefined);
  const to =
    tenants === undefined
      ? html`<input name="to" placeholder="the tenant’s key" autocomplete="off">`
      : html`<select name="to"><option value="">choose</option>${tenants.map(
          ({ id, name }) => html`<option value="${id}">${name}</option>`,
        )}</select>`;
  return html`<fieldset class="chosen"><legend>All ticked rows</legend>
<label>Tenant ${to}</label>
${mayBePrivate ? html`<label>For this user alone <input name="private-to" autocomplete="off"></label>` : ''}
<label class="tick"><input type="checkbox" name="detach"> Empty what points at other tenants’ rows</label>
<button class="give" name="for-all" value="give">Give</button><button name="for-all" value="set-aside">Set aside</button></fieldset>`;
}

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
