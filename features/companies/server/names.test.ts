import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type Person, type World } from '../../../test/harness.ts';

let world: World;
let ada: Person;
let root: Awaited<ReturnType<World['superAdmin']>>;
beforeAll(async () => {
  world = await createWorld();
  ada = (await world.company('Nadan')).admin;
  root = await world.superAdmin();
});

/** Each way in which a company or a person of it gets a name. */
const ways: [string, string, (name: string) => Promise<{ status: number; body: unknown }>][] = [
  ['a company', 'name', (name) => ada.put(`/api/companies/${ada.companyId}`, { name })],
  [
    'a new company',
    'name',
    (name) =>
      root.post('/api/companies', {
        name,
        admin: { email: 'a@example.com', first_name: 'A', last_name: 'B' },
      }),
  ],
  [
    'a company that registers',
    'company_name',
    (name) =>
      world.anonymous.post('/api/register/company', {
        company_name: name,
        admin_email: 'b@example.com',
        admin_password: 'correct horse battery',
        admin_first_name: 'B',
        admin_last_name: 'C',
      }),
  ],
  ['a person', 'first_name', (first_name) => ada.put('/api/users/me', { first_name })],
  ['another person', 'last_name', (last_name) => ada.put(`/api/users/${ada.userId}`, { last_name })],
  [
    'a colleague',
    'last_name',
    (last_name) =>
      ada.post(`/api/companies/${ada.companyId}/users`, { email: 'c@example.com', first_name: 'C', last_name }),
  ],
  [
    'who is invited',
    'first_name',
    (first_name) => ada.post('/api/invitations/send', { email: 'd@example.com', user_role: 'sales_rep', first_name }),
  ],
];

describe.each(ways)('the name of %s', (_who, field, change) => {
  it.each([
    'Evil\u001b[2J',
    'two\r\nlines',
    'two\nlines',
    'tab\t',
    'turned\u202e',
    'soft\u00ad',
    'csi\u009b',
    'line\u2028',
  ])('is seen, not obeyed, in one line: %j is refused', async (name) => {
    const { status, body } = await change(name);
    expect({ status, body }).toMatchObject({
      status: 400,
      body: {
        type: '/problems/invalid-request',
        errors: [
          {
            field: expect.stringMatching(field),
            code: 'pattern',
            message: expect.stringContaining('must be one line'),
          },
        ],
      },
    });
  });
});

it.each(['Zoë Ōta-O’Neill', 'علی‌رضا', 'क्‍ष', '👩‍💻 GmbH', '株式会社ナダン'])(
  'a name keeps what its script needs: %s',
  async (name) => {
    expect(await ada.put(`/api/companies/${ada.companyId}`, { name })).toMatchObject({ status: 200, body: { name } });
    expect(await ada.put('/api/users/me', { first_name: name })).toMatchObject({
      status: 200,
      body: { first_name: name },
    });
  },
);
