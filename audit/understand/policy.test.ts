import { expect, it } from 'vitest';
import { bindingOf } from './policy.ts';

// As pg_get_expr writes them.
it.each([
  "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::bigint)",
  '(tenant_id = ( SELECT app.tenant() AS tenant))',
  '(tenant_id = ( SELECT auth.tenant_id() AS tenant_id))',
  '((app.tenant() = tenant_id) AND (deleted_at IS NULL))',
  "((org)::text = current_setting('app.org'::text, true))",
  "(org = ((( SELECT (auth.jwt() ->> 'org'::text)))::text))",
  '((tenant_id = app.tenant()) OR ((tenant_id = app.tenant()) AND app.is_admin()))',
  'false',
])('binds rows to the tenant of the context: %s', (expression) => {
  expect(bindingOf(expression, expression.includes('org') ? 'org' : 'tenant_id').binds).toBe('yes');
});

it.each([
  ['true', 'true'],
  [null, 'true'],
  ['((tenant_id = app.tenant()) OR (app.tenant() IS NULL))', 'app.tenant() IS NULL'],
  ['(tenant_id = COALESCE(app.tenant(), tenant_id))', 'tenant_id = COALESCE(app.tenant(), tenant_id)'],
  ["(tenant_id = '7'::bigint)", "tenant_id = '7'::bigint"],
  ['(tenant_id IS NOT NULL)', 'tenant_id IS NOT NULL'],
  ["(note = 'tenant_id = app.tenant()'::text)", "note = 'tenant_id = app.tenant()'::text"],
  [
    'CASE WHEN app.is_admin() THEN true ELSE (tenant_id = app.tenant()) END',
    'CASE WHEN app.is_admin() THEN true ELSE (tenant_id = app.tenant()) END',
  ],
  ['(NOT (tenant_id = app.tenant()))', 'NOT (tenant_id = app.tenant())'],
  ['(tenant_id <> app.tenant())', 'tenant_id <> app.tenant()'],
])('says where rows of any tenant pass: %s', (expression, where) => {
  expect(bindingOf(expression, 'tenant_id')).toEqual({ binds: 'no', where });
});

it.each([
  '(tenant_id IN ( SELECT m.tenant_id FROM app.members m WHERE (m.user_id = auth.uid())))',
  '(tenant_id = ANY (app.tenants()))',
  '(EXISTS ( SELECT 1 FROM app.members m WHERE (m.tenant_id = orders.tenant_id)))',
  '(author_id = auth.uid())',
  'app.may_see(tenant_id)',
])('leaves to a person what is looked up elsewhere: %s', (expression) => {
  expect(bindingOf(expression, 'tenant_id', ['author_id']).binds).toBe('by lookup');
});
