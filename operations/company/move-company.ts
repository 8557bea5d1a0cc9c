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
}

/**
 * Moves a company to another installation: nobody works in it meanwhile; it is archived, imported there, and both are
 * compared with the archive. Then it is open there, and stays suspended here until somebody deletes it.
 * Where anything fails, it is as it was: open here, and not there.
 */
export async function moveCompany(
  from: Place,
  to: Place,
  wanted: string,
  path: string,
  { patienceMs = 60_000, sameKey = false, ...options }: MoveOptions = {},
): Promise<Imported> {
  const company = await reading(from.adminUrl, (client) => findCompany(client, wanted));
  if (company.status === 'deleted') throw new Error('The company is deleted. Restore it first.');
  await setStanding(from.adminUrl, company, 'suspended', 'moving to another installation');
  try {
    await quiet(from.adminUrl, company.id, patienceMs);
    const made = await reading(from.adminUrl, (client) => writeArchive(client, company, from.dataFolder, path));
    const archive = await readArchive(path);
    try {
      const reinstate = company.status === 'active';
      const imported = await importCompany(to.adminUrl, to.dataFolder, archive, { ...options, sameKey, reinstate });
      // A request that was under way may have written after the archive was made.
      const now = await reading(from.adminUrl, (client) => manifestOf(client, company, from.dataFolder));
      const changed = differences(made, now, ALWAYS_MOVING);
      if (changed.length > 0) {
        await purgeCompany(to.adminUrl, to.dataFolder, company);
        throw new Error(`Somebody changed the company while it moved. Try again.\n${changed.join('\n')}`);
      }
      await setStanding(from.adminUrl, company, 'suspended', 'moved to another installation');
      return imported;
    } finally {
      archive.close();
    }
  } catch (error) {
    if (company.status === 'active') await setStanding(from.adminUrl, company, 'active', null);
    throw error;
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
