import { attackKinds } from './attacks/index.ts';
import type { AttackKind } from './attacks/kind.ts';
import { type Endpoint, titleOf } from './endpoints.ts';
import { attackEndpoint, type Cell } from './matrix.ts';
import { type Assignment, enter, type Outside } from './outside/enter.ts';
import { endsLogin } from './outside/nouns.ts';
import { Stopped } from './outside/stop.ts';
import { countsOf, type ProbeResult } from './result.ts';
import { NotPrepared } from './target.ts';

export interface ProbeOptions {
  /** Only the endpoint of this title (`GET /api/contacts`), or those whose title matches; only attacks of these numbers. */
  only?: { endpoint?: string | RegExp | undefined; attacks?: readonly number[] | undefined };
  onProgress?: (done: number, total: number, endpoint: string, cells: readonly Cell[]) => void;
}

/**
 * Attacks a server as company B with all that its OpenAPI document and its answers tell of A. It changes only what it made
 * itself, and deletes that in the end. Throws where the server cannot be reached or a login is refused from the start.
 */
export async function probe(
  assignment: Assignment,
  { only = {}, onProgress }: ProbeOptions = {},
): Promise<ProbeResult> {
  const startedAt = new Date().toISOString();
  const kinds = attackKinds.filter(({ number }) => only.attacks?.includes(number) ?? true);
  const endpoints = inOrder(assignment.endpoints.filter((one) => chosen(titleOf(one), only.endpoint)));
  const target = await enter(assignment);
  const cells: Cell[] = [];
  let stopped: string | undefined;
  let leftBehind: string[] = [];
  try {
    const refused = await target.lockedOut();
    if (refused !== undefined) throw new Error(refused);
    for (const [i, endpoint] of endpoints.entries()) {
      const found = await attempt(target, endpoint, kinds);
      cells.push(...found);
      onProgress?.(i + 1, endpoints.length, titleOf(endpoint), found);
      stopped = await target.lockedOut();
      if (stopped === undefined) continue;
      break;
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    stopped = error.message;
  } finally {
    leftBehind = await target.cleanUp().catch((error: Error) => [`everything: ${error.message}`]);
    target.wire.close();
  }
  const reached = new Set(cells.map(({ endpoint }) => endpoint));
  for (const endpoint of endpoints.filter((one) => !reached.has(titleOf(one))))
    cells.push(...unreached(endpoint, kinds, `the run was stopped: ${stopped}`));
  const { title = 'untitled', version = '' } = assignment.document.info ?? {};
  return {
    format: 'bulkhead-probe/1',
    startedAt,
    finishedAt: new Date().toISOString(),
    target: { url: assignment.base.href, title, version },
    endpoints: endpoints.map(({ method, path, scope }) => ({ method, path, scope })),
    attacks: kinds.map(({ number, name }) => ({ number, name })),
    cells,
    counts: countsOf(cells),
    requests: target.wire.pace.sent,
    ...(stopped === undefined ? {} : { stopped }),
    leftBehind,
  };
}

const chosen = (title: string, wanted: string | RegExp | undefined) =>
  wanted === undefined || (typeof wanted === 'string' ? title === wanted : wanted.test(title));

async function attempt(target: Outside, endpoint: Endpoint, kinds: readonly AttackKind[]): Promise<Cell[]> {
  const isPrepared = target.isPrepared(endpoint);
  if (!isPrepared && endsLogin(endpoint))
    return unreached(endpoint, kinds, 'it would end the login that the probe was lent');
  if (!isPrepared && !target.alone && makesAccounts(endpoint))
    return unreached(endpoint, kinds, 'it makes accounts or sends letters to strangers: allow it with --alone');
  try {
    return await attackEndpoint(target, target.known(endpoint), kinds);
  } catch (error) {
    if (!(error instanceof NotPrepared)) throw error;
    return unreached(endpoint, kinds, error.message);
  }
}

/** Doors for strangers, where each try leaves a company or a letter behind. */
const makesAccounts = ({ method, scope }: Endpoint) => method !== 'GET' && scope === 'public';

const unreached = (endpoint: Endpoint, kinds: readonly AttackKind[], reason: string): Cell[] =>
  kinds.map(({ number, name }) => ({
    endpoint: titleOf(endpoint),
    number,
    attack: name,
    outcome: 'not reached',
    attempts: 0,
    reason,
  }));

/** Reads first: what is broken by changes must not spoil them. */
const inOrder = (endpoints: readonly Endpoint[]): Endpoint[] => {
  const place = ({ method }: Endpoint) => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].indexOf(method);
  return [...endpoints].sort((one, other) => place(one) - place(other));
};
