import { describe, expect, it } from 'vitest';
import { createWorld } from '../../test/harness.ts';
import { Buckets, network } from './limits.ts';

describe('a bucket', () => {
  it('holds a minute’s requests and fills evenly', () => {
    let now = 0;
    const buckets = new Buckets('user', 60, () => now);
    const taken = () => Array.from({ length: 100 }, () => buckets.take('ada')).filter(Boolean).length;
    expect(taken()).toBe(60);
    expect(buckets.refusal('ada').headers['retry-after']).toBe('1');
    now += 10_000;
    expect(taken()).toBe(10);
    expect(buckets.take('bob')).toBe(true);
    now += 3_600_000;
    expect(taken()).toBe(60);
  });

  it('takes what other processes let through, told in few words, and debts are waited off', () => {
    let now = 0;
    const [here, there] = [0, 1].map(() => new Buckets('user', 600, () => now)) as [Buckets, Buckets];
    const told: number[] = [];
    here.share(2, (key, count) => {
      told.push(count);
      there.charge(key, count);
    });
    const taken = (buckets: Buckets) => Array.from({ length: 1000 }, () => buckets.take('ada')).filter(Boolean).length;
    expect(taken(here)).toBe(600);
    expect(told).toEqual(Array(40).fill(15));
    expect(there.take('ada')).toBe(false);
    expect(there.take('bob')).toBe(true);
    there.charge('ada', 100);
    now += 9_000;
    expect(there.take('ada')).toBe(false);
    now += 2_000;
    expect(there.take('ada')).toBe(true);
  });

  it('of no size is no limit', () => {
    const buckets = new Buckets('user', 0);
    expect(Array.from({ length: 1000 }, () => buckets.take('ada')).every(Boolean)).toBe(true);
  });

  it('costs less than a few microseconds', () => {
    const buckets = new Buckets('user', 1_000_000_000);
    const keys = Array.from({ length: 1000 }, (_, i) => `01900000-0000-7000-8000-${String(i).padStart(12, '0')}`);
    const start = performance.now();
    for (let i = 0; i < 200_000; i += 1) buckets.take(keys[i % 1000] as string);
    expect(((performance.now() - start) * 1000) / 200_000).toBeLessThan(5);
  });
});

it('an access provider’s customer is an IPv4 address or an IPv6 /64', () => {
  expect(network('192.0.2.7')).toBe('192.0.2.7');
  expect(network('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(network('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(network('2001:db8::1')).toBe('2001:db8:0:0');
  expect(network('::1')).toBe('0:0:0:0');
});

describe('requests past a limit', () => {
  it('are answered 429, with when to come back; another user goes on', async () => {
    const world = await createWorld({ rateLimit: { user: 5 } });
    const { admin } = await world.company();
    const other = await world.person(admin.companyId);
    for (let i = 0; i < 5; i += 1) expect((await admin.get('/api/contacts')).status).toBe(200);
    const over = await admin.get('/api/contacts');
    expect(over.status).toBe(429);
    expect(over.headers['content-type']).toContain('application/problem+json');
    expect(over.body.type).toBe('/problems/rate-limited');
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0);
    expect(over.headers.ratelimit).toMatch(/^"user";r=0;t=\d+$/);
    expect(over.headers['ratelimit-policy']).toBe('"user";q=5;w=60');
    expect((await other.get('/api/contacts')).status).toBe(200);
  });

  it('of a whole company are refused without touching another', async () => {
    const world = await createWorld({ rateLimit: { company: 4 } });
    const { admin } = await world.company();
    const colleague = await world.person(admin.companyId);
    const stranger = (await world.company()).admin;
    for (let i = 0; i < 4; i += 1) await admin.get('/api/contacts');
    expect((await colleague.get('/api/contacts')).status).toBe(429);
    expect((await stranger.get('/api/contacts')).status).toBe(200);
  });

  it('with tokens that are no good stop being looked at after a while', async () => {
    const world = await createWorld({ rateLimit: { address: 6 } });
    const statuses = [];
    for (let i = 0; i < 8; i += 1) statuses.push((await world.as('bhk_wrong').get('/api/contacts')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
  });

  it('are fewer for a route that says so, by address', async () => {
    const world = await createWorld({ rateLimit: { address: 1000 } });
    const statuses = new Set<number>();
    for (let i = 0; i < 10; i += 1) statuses.add((await world.anonymous.get('/api/register/check-email/a@b.c')).status);
    expect([...statuses]).toEqual([200]);
    expect((await world.anonymous.get('/api/register/check-email/a@b.c')).status).toBe(429);
    expect((await world.anonymous.get('/api/register/check-company/x')).status).toBe(200);
  });
});
