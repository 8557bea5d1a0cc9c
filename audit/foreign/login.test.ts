import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { bulkhead } from '../../test/cli.ts';
import { type Foreign, foreignDatabase } from './database.ts';

/** The server writes there, who may be another user of this machine. */
const folder = mkdtempSync(join(tmpdir(), 'bulkhead-login-'));
const sign = (name: string) => join(folder, name);
let database: Foreign;

/** Runs a program where it can, as whoever logged in, and is quiet where it cannot. */
const trap = `
  create function shop.run(mark text) returns void language plpgsql as $f$
  begin
    execute 'reset role';
    execute format($c$copy (select 1) to program %L$c$, format('touch %L', '${folder}/' || mark));
  exception when others then null;
  end $f$;
  create function shop.trusted() returns boolean language plpgsql as $f$
    begin perform shop.run('by a policy'); return true; end $f$;
  create function shop.indexed() returns boolean language plpgsql immutable as $f$
    begin perform shop.run('by an index'); return true; end $f$`;

beforeAll(async () => {
  chmodSync(folder, 0o777);
  database = await foreignDatabase(inject('adminUrl'), 'sound-shop.sql');
  await database.client.query(`${trap};
    alter policy own on shop.products using (case when shop.trusted() then tenant_id = shop.tenant() end);
    create index on shop.orders (id) where shop.indexed()`);
});
// Making the index ran its trap.
beforeAll(() => rmSync(sign('by an index'), { force: true }));
afterEach(() => {
  for (const mark of ['by a policy', 'by an index']) rmSync(sign(mark), { force: true });
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const look = (...args: string[]) => bulkhead(inject('adminUrl'), 'audit', '--format', 'json', ...args);
const ran = () => ['by a policy', 'by an index'].filter((mark) => existsSync(sign(mark)));

describe('a database whose functions run programs', () => {
  it('is not looked at as a superuser, who is told of which login to make', async () => {
    const { code, said } = await look('--database-url', database.url);
    expect({ code, ran: ran() }).toEqual({ code: 2, ran: [] });
    expect(said).toMatch(/is a superuser.*could run programs on the server/s);
    expect(said).toContain('grant pg_read_all_data to bulkhead_audit');
    expect(said).toContain('--trust-database');
  });

  it('runs none when it is looked at as such a login, which sees every row', async () => {
    const { code, said } = await look('--database-url', database.auditUrl);
    expect(ran()).toEqual([]);
    expect(code).toBeLessThan(2);
    expect(said).toContain('"outcomes"');
    expect(said).not.toContain('cannot be read by the auditor');
  });

  it('is not looked at as who may run programs or become a superuser, either', async () => {
    const { username: login } = new URL(database.auditUrl);
    for (const role of ['pg_execute_server_program', 'pg_read_server_files']) {
      await database.client.query(`grant ${role} to ${login}`);
      const { code, said } = await look('--database-url', database.auditUrl);
      await database.client.query(`revoke ${role} from ${login}`);
      expect({ code, ran: ran() }).toEqual({ code: 2, ran: [] });
      expect(said).toContain(`is a member of ${role}`);
    }
  });

  it('is looked at as a superuser where it is trusted, and then does run them', async () => {
    const { said } = await look('--database-url', database.url, '--trust-database');
    expect(said).toContain('"outcomes"');
    expect(ran()).toContain('by an index');
  });
});
