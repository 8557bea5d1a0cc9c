import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, createWorld, type World } from '../../../test/harness.ts';
import { newSecret, writeToken } from '../../auth/server/service.ts';
import { anAddress, logIn, PASSWORD, register, setCookie } from '../../auth/server/testing/logins.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});

const count = async (table: string) => (await world.admin.query(`select count(*)::int as n from ${table}`)).rows[0].n;

describe('registering a company', () => {
  it('makes the company, its admin, a pipeline and a trial of 14 days, and logs the admin in', async () => {
    const { status, body, email } = await register(world, { company_name: ' Sunstone ', phone: '+1 555 0100' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ admin_email: email, token_type: 'bearer', user: { role: 'company_admin' } });
    expect(Date.parse(body.trial_ends_at) - Date.now()).toBeGreaterThan(13.99 * 86_400_000);
    const me = (await world.as(body.access_token).get('/api/auth/me')).body;
    expect(me).toMatchObject({
      company_id: body.company_id,
      company_name: 'Sunstone',
      subscription_status: 'trialing',
    });
    const { rows } = await world.admin.query(
      `select s.name, s.probability::float, s.is_closed, s.is_won, p.is_default
       from pipeline_stages s join pipelines p on p.company_id = s.company_id and p.id = s.pipeline_id
       where s.company_id = $1 order by s.order_index`,
      [body.company_id],
    );
    expect(rows.map((row) => [row.name, row.probability])).toEqual([
      ['Lead', 10],
      ['Qualified', 25],
      ['Proposal', 50],
      ['Negotiation', 75],
      ['Won', 100],
      ['Lost', 0],
    ]);
    expect(rows.filter((row) => row.is_won).map((row) => row.name)).toEqual(['Won']);
    expect(rows.every((row) => row.is_default)).toBe(true);
    expect((await logIn(world, email)).status).toBe(200);
  });

  it('begins with the language that the form was read in', async () => {
    const form = {
      company_name: 'Sonnenstein',
      admin_email: anAddress(),
      admin_password: PASSWORD,
      admin_first_name: 'Ada',
      admin_last_name: 'Byron',
    };
    const { body } = await world.anonymous.call({
      method: 'POST',
      url: '/api/register/company',
      payload: form,
      headers: { 'accept-language': 'fr-CH, de-AT;q=0.8, en;q=0.5' },
    });
    const company = (await world.as(body.access_token).get(`/api/companies/${body.company_id}`)).body;
    expect(company.language).toBe('de');
  });

  it('says in the audit log that the admin did it', async () => {
    const { body } = await register(world);
    const { rows } = await world.admin.query('select distinct user_id from audit_logs where company_id = $1', [
      body.company_id,
    ]);
    expect(rows).toEqual([{ user_id: body.user.id }]);
  });

  it('keeps the refresh token from scripts where the client asks for a cookie', async () => {
    const answer = await register(world, { cookie: true });
    expect(answer.body.refresh_token).toBeNull();
    const cookie = setCookie(answer).split(';')[0] as string;
    expect((await world.anonymous.post('/api/auth/refresh', undefined, { cookie })).body.user.email).toBe(answer.email);
  });

  it('refuses an address that logs in already, and leaves nothing behind', async () => {
    const { email } = await register(world);
    const before = [await count('companies'), await count('users'), await count('pipelines')];
    const again = await register(world, { admin_email: email.toUpperCase() });
    expect(again.status).toBe(409);
    expect(again.body.errors).toEqual([expect.objectContaining({ field: 'admin_email', code: 'taken' })]);
    expect([await count('companies'), await count('users'), await count('pipelines')]).toEqual(before);
  });

  it('gives one address one company, however many forms are sent at once', async () => {
    const admin_email = anAddress();
    const answers = await Promise.all(Array.from({ length: 5 }, () => register(world, { admin_email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it('lets two companies bear one name', async () => {
    const [one, two] = [await register(world), await register(world)];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(one.body.company_id).not.toBe(two.body.company_id);
  });

  it.each([
    ['admin_email', 'no address'],
    ['admin_password', 'short'],
    ['admin_password', 'aaaaaaaaaaaaaaa'],
    ['company_name', '   '],
    ['company_name', 'a\u0000b'],
    ['company_id', '01900000-0000-7000-8000-000000000000'],
  ])('refuses a form whose %s is %j, and says so', async (field, value) => {
    const answer = await register(world, { [field]: value });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe(field);
  });

  it('makes the same by the address of self-registration', async () => {
    const answer = await world.anonymous.post('/api/auth/register', {
      company_name: 'Nadan',
      admin_email: anAddress(),
      admin_password: PASSWORD,
      admin_first_name: 'Ada',
      admin_last_name: 'Lovelace',
    });
    expect(answer.status).toBe(201);
    expect(answer.body.user.role).toBe('company_admin');
  });
});

describe('joining by invitation', () => {
  async function invite(companyId: string, invitedBy: string, email = anAddress('grace')) {
    const { secret, hash } = newSecret();
    await world.admin.query(
      `insert into invitations (company_id, email, user_role, token_hash, invited_by, expires_at)
       values ($1, $2, 'sales_manager', $3, $4, now() + interval '7 days')`,
      [companyId, email, hash, invitedBy],
    );
    return { email, token: writeToken(companyId, secret) };
  }
  const join = (invitation_token: string, more = {}) =>
    world.anonymous.post('/api/auth/register', {
      invitation_token,
      password: PASSWORD,
      first_name: 'Grace',
      last_name: 'Hopper',
      ...more,
    });

  it('makes a user of that company with that role, once', async () => {
    const { id, name, admin } = await world.company();
    const { email, token } = await invite(id, admin.userId);
    const answers = await Promise.all([join(token), join(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410]);
    const { body } = answers.find(({ status }) => status === 201) as Answer;
    expect(body.user).toMatchObject({ email, role: 'sales_manager', company_id: id, company_name: name });
    expect((await world.as(body.access_token).get('/api/auth/me')).status).toBe(200);
    expect((await logIn(world, email)).status).toBe(200);
  });

  it('is refused alike for an invitation that expired, was revoked, or never was', async () => {
    const { id, admin } = await world.company();
    const [expired, revoked] = [await invite(id, admin.userId), await invite(id, admin.userId)];
    await world.admin.query('update invitations set expires_at = now() where email = $1', [expired.email]);
    await world.admin.query('update invitations set revoked_at = now() where email = $1', [revoked.email]);
    const answers = [await join(expired.token), await join(revoked.token), await join('x')];
    for (const { status, body } of answers) {
      expect(status).toBe(410);
      expect({ ...body, instance: '' }).toEqual({ ...answers[0]?.body, instance: '' });
    }
  });

  it('takes neither role nor company from the form, and no address that logs in elsewhere', async () => {
    const { id, admin } = await world.company();
    const { token } = await invite(id, admin.userId);
    expect((await join(token, { user_role: 'company_admin' })).status).toBe(400);
    expect((await join(token, { company_id: id })).status).toBe(400);
    const { email } = await register(world);
    const elsewhere = await invite(id, admin.userId, email);
    expect((await join(elsewhere.token)).status).toBe(409);
  });
});

describe('what the form asks before it is sent', () => {
  const available = async (path: string) => (await world.anonymous.get(`/api/register/${path}`)).body.available;

  it('says of an address what sending the form would say', async () => {
    const { email } = await register(world);
    expect(await available(`check-email/${encodeURIComponent(email.toUpperCase())}`)).toBe(false);
    expect(await available(`check-email/${encodeURIComponent(anAddress())}`)).toBe(true);
  });

  it('does not tell whether a company of that name is a customer', async () => {
    await register(world, { company_name: 'Secret Customer' });
    expect(await available('check-company/Secret%20Customer')).toBe(true);
    expect(await available('check-company/Nobody')).toBe(true);
    expect(await available('check-company/%20')).toBe(false);
  });
});
