import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readAuditConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-config-'));
const file = join(folder, 'bulkhead.audit.json');
afterAll(() => rmSync(folder, { recursive: true }));
const read = (text: string) => {
  writeFileSync(file, text);
  return () => readAuditConfig(file);
};

it('takes what the command line gives before what the file says', () => {
  writeFileSync(file, JSON.stringify({ tenant: { column: 'org', table: 'orgs' }, appRoles: ['web'] }));
  expect(readAuditConfig(file, { tenantColumn: 'team' })).toEqual({
    tenant: { column: 'team', table: 'orgs' },
    appRoles: ['web'],
  });
});

it('says what is wrong, and where', () => {
  expect(read('{')).toThrow(/is not JSON/);
  expect(read('{"tenants": {}, "global": {"countries": ""}, "appRoles": "web"}')).toThrow(
    /must NOT have additional properties \(tenants\).*appRoles must be array.*global.countries must NOT have fewer than 3 characters/s,
  );
  expect(() => readAuditConfig(join(folder, 'nowhere.json'))).toThrow(/There is no .*nowhere.json/);
});
