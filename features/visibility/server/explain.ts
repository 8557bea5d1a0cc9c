import { found, invalid } from '../../../server/platform/problems.ts';
import type { Company, Door } from '../../../server/tenancy/door.ts';
import { ownershipOf } from '../../../server/tenancy/ownership.ts';
import { q } from '../../../server/tenancy/query.ts';
import type { visibilityReasons } from '../contract.ts';

type Reason = (typeof visibilityReasons)[number];

interface Person {
  user_role: string;
  status: string;
  owners: string;
}
interface Record {
  owner_id: string;
  private_to: string | null;
  is_deleted: boolean;
}

const sharedTeams = (one: string, other: string) =>
  q
    .selectFrom('team_members as mine')
    .innerJoin('team_members as theirs', 'theirs.team_id', 'mine.team_id')
    .innerJoin('teams', 'teams.id', 'mine.team_id')
    .select(['teams.id', 'teams.name'])
    .where('mine.user_id', '=', one)
    .where('theirs.user_id', '=', other);

/**
 * Whether a colleague sees a record, and why. Whether, the database itself says, asked as that colleague; the reason is
 * told from the record's owner. Not found for a record or a user of another company.
 */
export async function explainVisibility(door: Door, company: Company, userId: string, resource: string, id: string) {
  if (ownershipOf(resource)?.kind !== 'company') throw invalid('resource', 'unknown', 'is not a resource with owners');
  const [person] = await company.gate<Person>('visibility_of', [userId]);
  const { user_role, status, owners } = found(person);
  const [record] = await company.gate<Record>('record_owner', [resource, id]);
  const { owner_id, private_to, is_deleted } = found(record);

  const asThem = door.asCompany({
    companyId: company.context.companyId,
    userId,
    owners: owners === '*' ? '*' : owners.slice(1, -1).split(','),
  });
  // The name is one that is declared as a table; any of them has an id.
  const row = await asThem.first(
    q
      .selectFrom(resource as 'contacts')
      .select('id')
      .where('id', '=', id),
  );
  const visible = row !== undefined && status === 'active' && !is_deleted;
  const teams = await company.many(sharedTeams(userId, owner_id));

  let reason: Reason = 'owned_by_another';
  if (status !== 'active') reason = 'user_inactive';
  else if (is_deleted) reason = 'record_deleted';
  else if (private_to !== null) reason = private_to === userId ? 'private_to_them' : 'private_to_another';
  else if (owner_id === userId) reason = 'owner';
  else if (user_role === 'company_admin') reason = 'admin';
  else if (visible) reason = 'team';
  return {
    visible,
    reason,
    explanation: explanations(teams.map(({ name }) => name).join(', '))[reason],
    owner_id,
    shared_team_ids: teams.map((team) => team.id),
    private_to,
  };
}

const explanations = (teams: string): { [R in Reason]: string } => ({
  admin: 'They are an admin of the company and see every record that is not private to somebody.',
  owner: 'They own the record.',
  team: `They manage, and are in a team with the record's owner: ${teams}.`,
  private_to_them: 'The record is private to them: nobody else sees it, no admin either.',
  private_to_another: 'The record is private to somebody else.',
  owned_by_another: `Somebody else owns the record${teams === '' ? '' : ', and being in a team with them is enough for sales managers only'}.`,
  record_deleted: 'The record was deleted.',
  user_inactive: 'Their account is not active.',
});
