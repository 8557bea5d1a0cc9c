import { setTimeout } from 'node:timers/promises';
import { readArchive } from '../archive/read-archive.ts';
import { manifestOf, writeArchive } from '../archive/write-archive.ts';
import { type FoundCompany, findCompany } from '../find-company.ts';
import { logOperation, reading, writing } from '../operator.ts';
import { purgeCompany } from './delete-company.ts';
import { differences } from './differences.ts';
import { type Imported, importCompany } from './import-company.ts';

export interface Place {
  adminUrl: string;
  dataFolder: string;
}

export interface MoveOptions {
  resetTwoStep?: boolean;
  sameKey?: boolean;
  /** How long to wait for the end of what the company's jobs are doing. */
  patienceMs?: number;
  /** How long to wait until no request that began before can write any more. */
  settleMs?: number;
}

/** A server process may take the company for active for 5 s, and a request's statement may last 15 (see docs/operating.md). */
export const SETTLED_AFTER_MS = 25_000;
const MOVED = 'moved to another installation';

/**
 * Moves a company to another installation: nobody works in it meanwhile; it is archived, imported there, and both are
 * compared with the archive. It is opened there only once it is closed here for good, so it is never open in both; here it
 * stays suspended until somebody deletes it. Where anything fails before that, it is as it was: open here, and not there.
 */
export async function moveCompany(
  from: Place,
  to: Place,
  wanted: string,
  path: string,
  { patienceMs = 60_000, settleMs = SETTLED_AFTER_MS, ...options }: MoveOptions = {},
): Promise<Imported> {
  const company = await reading(from.adminUrl, (client) => findCompany(client, wanted));
  if (company.status === 'deleted') throw new Error('The company is deleted. Restore it first.');
  const wasActive = company.status === 'active';
  if (wasActive) {
    await setStanding(from.adminUrl, company, 'suspended', 'moving to another installation');
    await setTimeout(settleMs);
  }
  let imported: Imported | undefined;
  try {
    await quiet(from.adminUrl, company.id, patienceMs);
    imported = await copied(from, to, company, path, options);
    await setStanding(from.adminUrl, company, 'suspended', MOVED);
  } catch (error) {
    if (imported !== undefined) await purgeCompany(to.adminUrl, to.dataFolder, company);
    if (wasActive) await setStanding(from.adminUrl, company, 'active', null);
    throw error;
  }
  if (wasActive) await setStanding(to.adminUrl, company, 'active', null);
  return imported;
}

/** The company in both places, suspended and alike; or an error, and nothing there. */
async function copied(
  from: Place,
  to: Place,
  company: FoundCompany,
  path: string,
  options: Pick<MoveOptions, 'resetTwoStep' | 'sameKey'>,
): Promise<Imported> {
  const made = await reading(from.adminUrl, (client) => writeArchive(client, company, from.dataFolder, path));
  const archive = await readArchive(path);
  try {
    const imported = await importCompany(to.adminUrl, to.dataFolder, archive, options);
    const now = await reading(from.adminUrl, (client) => manifestOf(client, company, from.dataFolder));
    const changed = differences(made, now, ALWAYS_MOVING);
    if (changed.length === 0) return imported;
    await purgeCompany(to.adminUrl, to.dataFolder, company);
    throw new Error(`Somebody changed the company while it moved. Try again.\n${changed.join('\n')}`);
  } finally {
    archive.close();
  }
}

/** What the server writes by itself, also where nobody works. */
const ALWAYS_MOVING = new Set(['audit_logs', 'security_logs', 'sessions', 'refresh_tokens', 'jobs']);

async function setStanding(adminUrl: string, { id, status }: FoundCompany, wanted: string, why: string | null) {
  await writing(adminUrl, async (client) => {
    await client.query('update companies set status = $2, suspended_reason = $3 where id = $1', [id, wanted, why]);
    await logOperation(client, wanted === 'active' ? 'reinstated' : 'suspended', id, { before: status, why });
  });
}

/** Waits until no job of the company runs: a suspended company gets no new one. */
async function quiet(adminUrl: string, companyId: string, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const running = await reading(adminUrl, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select name from jobs where company_id = $1 and status = 'running'`,
        [companyId],
      );
      return rows.map(({ name }) => name);
    });
    if (running.length === 0) return;
    if (Date.now() > until)
      throw new Error(`Jobs of the company are still running: ${running.join(', ')}. Try again later.`);
    await setTimeout(500);
  }
}
