import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
// A command loads no features, whose tables the door would not know.
import '../features/contacts/tables.ts';
import '../features/custom-fields/tables.ts';
import '../features/imports/tables.ts';
import '../features/jobs/tables.ts';
import '../features/tags/tables.ts';
import '../features/users/tables.ts';
import { errorFile } from '../features/imports/server/error-file.ts';
import { storeFile } from '../features/imports/server/import-file.ts';
import { detectKind } from '../features/imports/server/parse/file-kind.ts';
import { prepareImport, startImport } from '../features/imports/server/service.ts';
import type { Caller } from '../server/platform/session.ts';
import { createDoor } from '../server/tenancy/door.ts';
import { connect } from '../server/tenancy/pool.ts';
import { urlFor } from '../server/tenancy/roles.ts';
import { endOf } from './await-import.ts';
import { findAdmin } from './find-admin.ts';
import { openReport } from './report.ts';

export interface ContactFile {
  path: string;
  /** By id, domain or name. */
  company: string;
  /** The admin of the company who imports, and whose contacts they will be. */
  admin: string;
  /** Where to write the rows that had a problem. */
  report: string | undefined;
}

type User = Extract<Caller, { kind: 'user' }>;

/**
 * Imports an export of HubSpot, Salesforce, Pipedrive, Google or Outlook, as the company's own import does: the same
 * mapping, the same checks, by the app's own role; it can be seen and undone there.
 */
export async function bringContactFile(adminUrl: string, { path, company: wanted, admin, report }: ContactFile) {
  const { id, userId: who } = await findAdmin(adminUrl, { company: wanted, admin });
  const none = { sessionId: null, apiKeyId: null, actingAdmin: null, permissions: null };
  const caller: User = {
    kind: 'user',
    companyId: id,
    userId: who,
    role: 'company_admin',
    owners: '*',
    companyStatus: 'active',
    ...none,
  };
  const errors = report === undefined ? undefined : await openReport(report);
  const door = createDoor(
    connect({ connectionString: urlFor('bulkhead_app', adminUrl), max: 4, statementTimeout: 60_000 }),
  );
  try {
    const { companyId, userId, owners } = caller;
    const company = door.asCompany({ companyId, userId, owners });
    const { kind } = await detectKind(path);
    const file = await storeFile(companyId, createReadStream(path));
    const { made } = await prepareImport(company, caller, kind, { file, fileName: basename(path), fields: {} });
    await startImport(company, caller, made.id);
    const done = await endOf(company, made.id);
    if (errors) await pipeline(errorFile(company, made.id, done.headers as string[]), errors.createWriteStream());
    return done;
  } finally {
    await errors?.close().catch(() => undefined);
    await door.close();
  }
}
