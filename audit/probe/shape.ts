import type { Answer } from '../../test/harness.ts';
import { Attacker } from './attacker.ts';
import { references } from './bodies.ts';
import { type Endpoint, tableFor } from './endpoints.ts';
import type { House, Side } from './house.ts';
import { growCompany } from './seed.ts';
import { type Sample, samples } from './uploads.ts';

/** How a request to an endpoint has to look so that it succeeds: found by trying it in fresh companies. */
export interface Shape {
  /** Which of the company's two rows the path names, and which the other ids. */
  path: 'rows' | 'others';
  references: 'rows' | 'others';
  /** Whether all optional fields are filled, and optional ids of the query string. */
  full: boolean;
  /** Whether texts are such as the company has already: an address that logs in. */
  known: boolean;
  /** Who succeeds, where everybody who is logged in may call. */
  caller: 'person' | 'super';
  state: State;
  sample: Sample | undefined;
}

/** What must have happened to the company's rows before: SQL on the path's table, or more rows. */
type State = { name: 'plain' | 'grown' } | { name: string; sql: string };

const PLAIN: Shape = {
  path: 'rows',
  references: 'rows',
  full: false,
  known: false,
  caller: 'person',
  state: { name: 'plain' },
  sample: undefined,
};

function* shapesFor(house: House, endpoint: Endpoint): Generator<Shape> {
  const files = endpoint.upload ? samples : [undefined];
  const callers = endpoint.scope === 'user' ? (['person', 'super'] as const) : (['person'] as const);
  for (const state of statesFor(house, endpoint))
    for (const caller of callers)
      for (const known of [false, true])
        for (const sample of files)
          for (const full of [false, true])
            for (const references of ['rows', 'others'] as const)
              for (const path of ['rows', 'others'] as const)
                yield { path, references, full, known, caller, state, sample };
}

function statesFor({ catalog }: House, { path, parameters, body }: Endpoint): State[] {
  const states: State[] = [PLAIN.state];
  const named = parameters.find((p) => p.in === 'path')?.name;
  const table = tableFor(named ?? 'id', path, catalog);
  if (table === undefined || (named === undefined && references(body).length === 0)) return states;
  if (table === 'companies')
    return [...states, { name: 'suspended', sql: `update companies set status = 'suspended' where id = $1` }];
  const columns = catalog.tables.get(table) ?? [];
  const set = (name: string, column: string, value: string) =>
    states.push({ name, sql: `update ${table} set ${column} = ${value} where company_id = $1` });
  if (columns.some(({ column }) => column === 'deleted_at') && table !== 'users') set('deleted', 'deleted_at', 'now()');
  states.push({ name: 'grown' });
  for (const key of catalog.keys.filter(({ parent }) => parent === table)) {
    const column = key.columns.find((name) => name !== 'company_id');
    if (catalog.tables.get(key.table)?.find((c) => c.column === column)?.nullable)
      states.push({ name: `no ${key.table}`, sql: `update ${key.table} set ${column} = null where company_id = $1` });
  }
  const words = columns.find(({ column }) => column === 'status')?.words ?? [];
  for (const word of table === 'users' ? [] : words) set(word, 'status', `'${word}'`);
  return states;
}

/** The request by which a company's own admin succeeds, and its answer: what every attack on the endpoint is measured by. */
export interface Control {
  shape: Shape;
  answer: Answer;
  works: boolean;
}

export async function findControl(house: House, endpoint: Endpoint): Promise<Control> {
  let first: Control | undefined;
  const asked = new Set<string>();
  for (const shape of shapesFor(house, endpoint)) {
    const side = await openPrepared(house, shape);
    if (side === undefined) continue;
    const attacker = new Attacker(house, endpoint, shape, side, side);
    // Where two shapes make the same request, one is enough.
    const { caller, state, sample } = shape;
    const request = withoutIds(JSON.stringify([attacker.requestOf(side), caller, state, sample?.name]), side);
    if (asked.has(request)) continue;
    asked.add(request);
    const answer = await attacker.send(attacker.caller(side), side);
    const control = { shape, answer, works: answer.status < 300 };
    if (control.works) return control;
    first ??= control;
  }
  return first as Control;
}

function withoutIds(text: string, { company }: Side): string {
  let plain = text.replaceAll(company.canary, '');
  for (const of of ['rows', 'others'] as const)
    for (const [table, { id }] of company[of]) plain = plain.replaceAll(String(id), `${of} ${table}`);
  return plain;
}

/** A fresh company in the state that the shape wants; undefined where it cannot be in it. */
export async function openPrepared(house: House, { state }: Pick<Shape, 'state'>): Promise<Side | undefined> {
  const side = await house.open();
  const { admin } = house.world;
  if (state.name === 'grown') await growCompany(admin, house.catalog, side.company);
  if (!('sql' in state)) return side;
  return admin.query(state.sql, [side.person.companyId]).then(
    () => side,
    () => undefined,
  );
}
