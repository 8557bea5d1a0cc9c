import { Attacker, lets } from './attacker.ts';
import type { Answer } from './client.ts';
import { type Endpoint, titleOf } from './endpoints.ts';
import type { Side, State, Target } from './target.ts';
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

function* shapesFor(target: Target, endpoint: Endpoint): Generator<Shape> {
  const files = endpoint.upload ? samples : [undefined];
  for (const state of target.states(endpoint))
    for (const caller of endpoint.scope === 'user' && !state.isPrepared
      ? (['person', 'super'] as const)
      : (['person'] as const))
      for (const known of [false, true])
        for (const sample of files)
          for (const full of [false, true])
            for (const references of ['rows', 'others'] as const)
              for (const path of ['rows', 'others'] as const)
                yield { path, references, full, known, caller, state, sample };
}

/** The request by which a company's own admin succeeds, and its answer: what every attack on the endpoint is measured by. */
export interface Control {
  shape: Shape;
  answer: Answer;
  works: boolean;
}

export async function findControl(target: Target, endpoint: Endpoint): Promise<Control> {
  let first: Control | undefined;
  const asked = new Set<string>();
  for (const shape of shapesFor(target, endpoint)) {
    const side = await target.prepared(shape.state, endpoint, 'a');
    if (side === undefined) continue;
    const attacker = new Attacker(target, endpoint, shape, side, side);
    // Where two shapes make the same request, one is enough.
    const { caller, state, sample } = shape;
    const request = withoutIds(JSON.stringify([attacker.requestOf(side), caller, state, sample?.name]), side);
    if (asked.has(request)) continue;
    asked.add(request);
    const answer = await attacker.send(attacker.caller(side), side);
    const control = { shape, answer, works: lets(side, answer) };
    if (control.works) return control;
    first ??= control;
  }
  if (first === undefined) throw new Error(`${titleOf(endpoint)}: no company could be opened`);
  return first;
}

function withoutIds(text: string, { company }: Side): string {
  const word = (canary: string) => new RegExp(`${canary}(?:[-_]r\\w+)?`, 'g');
  let plain = text.replace(word(company.canary), '').replace(word(company.canary.replaceAll('-', '_')), '');
  for (const of of ['rows', 'others'] as const)
    for (const [table, { id }] of company[of]) plain = plain.replaceAll(String(id), `${of} ${table}`);
  return plain;
}
