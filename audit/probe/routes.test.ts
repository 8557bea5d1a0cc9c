import { beforeAll, expect, it } from 'vitest';
import { createWorld, type World } from '../../test/harness.ts';
import { Attacker, type Side } from './attacker.ts';
import { attackAll } from './attacks.ts';
import { type Endpoint, endpointsOf, tableFor } from './endpoints.ts';
import { type Catalog, hashOf, readCatalog } from './seed.ts';
import { openSide } from './side.ts';

let world: World;
let catalog: Catalog;
let a: Side;

beforeAll(async () => {
  world = await createWorld();
  catalog = await readCatalog(world.admin);
  a = await openSide(world, catalog);
});

const title = ({ method, path }: Endpoint) => `${method} ${path}`;
/** Answers of A's own request that show the route was reached, though the probe's simple body did not please it. */
const REACHED = new Set([400, 409, 410, 412, 415, 422, 423, 429]);

it('holds every route of the API against another company', { timeout: 300_000 }, async () => {
  const endpoints = endpointsOf(world.app);
  expect(endpoints.length).toBeGreaterThan(5);
  const leaks: string[] = [];
  const unattacked: string[] = [];
  const unreached: string[] = [];
  let attacks = 0;

  for (const endpoint of endpoints) {
    const before = await hashOf(world.admin, catalog, a.company.companyId);
    // A fresh B each time: what an endpoint does to B's own rows must not spoil the next attack.
    const attacker = new Attacker(world, catalog, a, await openSide(world, catalog), endpoint);
    await attackAll(attacker);
    if ((await hashOf(world.admin, catalog, a.company.companyId)) !== before)
      leaks.push(`${title(endpoint)}: A's rows changed`);
    for (const { number, what, leak } of attacker.done)
      if (leak !== undefined) leaks.push(`${title(endpoint)} attack ${number} (${what}): ${leak}`);
    if (attacker.done.length === 0 && endpoint.scope !== 'public' && endpoint.scope !== 'webhook')
      unattacked.push(title(endpoint));
    attacks += attacker.done.length;

    // The positive control: a company's own admin reaches the route with the same request.
    const own = await openSide(world, catalog);
    if (endpoint.path.endsWith('restore')) await deleteSoftly(endpoint, own);
    const control = new Attacker(world, catalog, a, own, endpoint);
    if (endpoint.scope === 'company' || endpoint.scope === 'admin') {
      const answer = await control.send(own.person, control.url(control.idsOf(own)), control.body(own));
      if (answer.status >= 300 && !REACHED.has(answer.status))
        unreached.push(`${title(endpoint)}: ${answer.status} ${answer.text.slice(0, 160)}`);
    }
  }
  expect({ leaks, unattacked, unreached }).toEqual({ leaks: [], unattacked: [], unreached: [] });
  expect(attacks).toBeGreaterThan(endpoints.length * 5);
});

/** What is to be restored has to be deleted first. */
async function deleteSoftly({ path, parameters }: Endpoint, { company }: Side): Promise<void> {
  const table = tableFor(parameters.find((p) => p.in === 'path')?.name ?? 'id', path, catalog);
  await world.admin.query(`update ${table} set deleted_at = now() where company_id = $1`, [company.companyId]);
}
