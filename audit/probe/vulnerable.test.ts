import { Type } from 'typebox';
import { beforeAll, expect, it } from 'vitest';
import { IdParams } from '../../contracts/atoms.ts';
import { defineFeature } from '../../server/platform/feature.ts';
import { notFound, ProblemError } from '../../server/platform/problems.ts';
import { createWorld, type World } from '../../test/harness.ts';
import { Attacker } from './attacker.ts';
import { attackAll } from './attacks.ts';
import { endpointsOf } from './endpoints.ts';
import { type Catalog, hashOf, readCatalog } from './seed.ts';
import { openSide } from './side.ts';

// Routes with the faults that a hurried engineer makes, on a connection that no policy binds: the probe must see each.
let world: World;
let catalog: Catalog;

const leaky = defineFeature({
  name: 'leaky',
  routes: async (app) => {
    const config = { scope: 'company' } as const;
    const params = IdParams('contact_id');
    const contact = async (id: string) =>
      (await world.admin.query('select * from contacts where id = $1', [id])).rows[0];

    app.get(
      '/api/leaky/read/:contact_id',
      { config, schema: { params } },
      async ({ params: { contact_id } }) => (await contact(contact_id)) ?? Promise.reject(notFound()),
    );
    app.get(
      '/api/leaky/oracle/:contact_id',
      { config, schema: { params } },
      async ({ params: { contact_id }, caller }) => {
        const row = await contact(contact_id);
        if (row === undefined) throw notFound();
        if (caller.kind === 'user' && row.company_id !== caller.companyId) throw new ProblemError('forbidden');
        return { id: row.id };
      },
    );
    app.delete('/api/leaky/silent/:contact_id', { config, schema: { params } }, async ({ params: { contact_id } }) => {
      await world.admin.query(`update contacts set title = 'gone' where id = $1`, [contact_id]);
      throw notFound();
    });
    app.get(
      '/api/leaky/filter',
      { config, schema: { querystring: Type.Object({ owner_id: Type.Optional(Type.String({ format: 'uuid' })) }) } },
      async ({ query }) => {
        const { rows } = await world.admin.query('select count(*)::int as total from contacts where owner_id = $1', [
          query.owner_id ?? null,
        ]);
        return rows[0];
      },
    );
    app.get(
      '/api/leaky/search',
      { config, schema: { querystring: Type.Object({ search: Type.Optional(Type.String()) }) } },
      async ({ query }) => ({
        items: (
          await world.admin.query('select id, first_name from contacts where first_name like $1', [
            `%${query.search ?? ''}%`,
          ])
        ).rows,
      }),
    );
    app.post('/api/leaky/assign', { config, schema: { body: Type.Object({ title: Type.String() }) } }, async () => ({
      ok: true,
    }));
    app.post(
      '/api/leaky/reference',
      { config, schema: { body: Type.Object({ contact_id: Type.String({ format: 'uuid' }) }) } },
      async ({ body }) => ((await contact(body.contact_id)) ? { ok: true } : Promise.reject(notFound())),
    );
    app.get('/api/leaky/header', { config, schema: {} }, async ({ headers, company }) => {
      const id = headers['x-company-id'] ?? company.context.companyId;
      return (await world.admin.query('select first_name from contacts where company_id = $1', [id])).rows;
    });
    app.get(
      '/api/leaky/open',
      { config: { scope: 'public' }, schema: { security: [] } },
      async () => (await world.admin.query('select first_name from contacts')).rows,
    );
  },
});

beforeAll(async () => {
  world = await createWorld({ features: [leaky] });
  catalog = await readCatalog(world.admin);
});

it.each([
  ['/api/leaky/read/{contact_id}', 1],
  ['/api/leaky/oracle/{contact_id}', 1],
  ['/api/leaky/silent/{contact_id}', 0],
  ['/api/leaky/filter', 11],
  ['/api/leaky/search', 14],
  ['/api/leaky/assign', 7],
  ['/api/leaky/reference', 6],
  ['/api/leaky/header', 20],
  ['/api/leaky/open', 15],
])('sees the leak of %s by attack %i', async (path, number) => {
  const endpoint = endpointsOf(world.app).find((e) => e.path === path);
  if (endpoint === undefined) throw new Error(`no route ${path}`);
  const a = await openSide(world, catalog);
  const before = await hashOf(world.admin, catalog, a.company.companyId);
  const attacker = new Attacker(world, catalog, a, await openSide(world, catalog), endpoint);
  await attackAll(attacker);
  const leaked = attacker.done.filter(({ leak }) => leak !== undefined).map((attack) => attack.number);
  if ((await hashOf(world.admin, catalog, a.company.companyId)) !== before) leaked.push(0);
  expect(leaked).toContain(number);
});
