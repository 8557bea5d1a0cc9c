import { found, invalid } from '../../../server/platform/problems.ts';
import type { Company, CompanyStatements } from '../../../server/tenancy/door.ts';
import { activeUser } from '../../users/server/service.ts';
import type { TeamChange, TeamCreate } from '../contract.ts';
import { deleteTeam, insertTeam, inviteToNoTeam, noLeads, oneTeam, putMember, updateTeam } from './queries.ts';

export async function createTeam(company: Company, team: TeamCreate) {
  return company.transaction(async (tx) => {
    const { id } = found(await tx.first(insertTeam(team)));
    await appoint(tx, id, team.team_lead_id);
    return found(await tx.first(oneTeam({ id })));
  });
}

export async function changeTeam(company: Company, id: string, change: TeamChange, version: number | undefined) {
  return company.transaction(async (tx) => {
    if ((await tx.first(updateTeam(id, change, version))) === undefined) return undefined;
    await appoint(tx, id, change.team_lead_id);
    return tx.first(oneTeam({ id }));
  });
}

/** Its members stay in the company; what they saw of each other through the team, they see no longer. */
export async function removeTeam(company: Company, id: string): Promise<void> {
  await company.transaction(async (tx) => {
    await tx.run(inviteToNoTeam(id));
    found(await tx.first(deleteTeam(id)));
  });
}

async function appoint(tx: CompanyStatements, teamId: string, lead: string | null | undefined): Promise<void> {
  if (lead === undefined) return;
  await tx.run(noLeads(teamId));
  if (lead === null) return;
  if (!(await activeUser(tx, lead))) {
    throw invalid('team_lead_id', 'unknown_reference', 'does not exist, or is still in use');
  }
  await tx.run(putMember(teamId, lead, true));
}
