import { readFileSync } from 'node:fs';
import { TOTP } from 'otpauth';
import { expect, it } from 'vitest';
import { readRecipe } from './recipe.ts';
import { filled, type Pantry } from './values.ts';

const pantry: Pantry = {
  known: { list: { items: [{ id: 'one' }, { id: 'two' }] }, enrolled: { secret: 'JBSWY3DPEHPK3PXP' }, user: 'ada' },
  means: async (name) => (name === 'new email' ? 'x@example.com' : undefined),
};

it('fills in what was answered, keeps its kind where it stands alone, and asks for the rest', async () => {
  expect(
    await filled(
      {
        ids: '{list.items.*.id}',
        first: '{list.items.0.id}',
        text: 'to {user} <{new email}>',
        plain: 3,
        deep: [{ a: '{user}' }],
      },
      pantry,
    ),
  ).toEqual({ ids: ['one', 'two'], first: 'one', text: 'to ada <x@example.com>', plain: 3, deep: [{ a: 'ada' }] });
});

it('computes one-time codes as a phone does', async () => {
  const code = await filled('{totp enrolled.secret}', pantry);
  expect(new TOTP({ secret: 'JBSWY3DPEHPK3PXP' }).validate({ token: String(code), window: 1 })).not.toBeNull();
});

it('says what it does not know', async () => {
  await expect(filled('{metrics token}', pantry)).rejects.toThrow('nobody here can tell {metrics token}');
  await expect(filled('{list.total}', pantry)).rejects.toThrow('{list.total} is not in the answer');
});

it('says where a recipe is wrong', () => {
  expect(() => readRecipe('endpoints: { GET /a: { spare: me } }', 'r.yaml')).toThrow(
    /r\.yaml is no recipe: at \/endpoints\/GET ~1a/,
  );
  expect(() => readRecipe('endpoints: [', 'r.yaml')).toThrow(/^r\.yaml: /);
});

it('names endpoints of Bulkhead alone that are there', () => {
  const { endpoints } = readRecipe(readFileSync('audit/probe/recipe/bulkhead.yaml', 'utf8'), 'bulkhead.yaml');
  const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
  const hidden = ['GET /metrics', 'GET /problems/{kind}', 'GET /assets/*'];
  const calls = Object.values(endpoints).flatMap(({ before = [] }) => before.map(({ call }) => call));
  const unknown = [...Object.keys(endpoints), ...calls].filter((title) => {
    const [method = '', path = ''] = title.split(' ');
    return paths[path]?.[method.toLowerCase()] === undefined && !hidden.includes(title);
  });
  expect(unknown).toEqual([]);
});
