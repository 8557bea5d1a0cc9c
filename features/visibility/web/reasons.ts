import type { Answer } from '../../../web/api/client.ts';
import type { Colleague } from '../../users/web/people.ts';
import type { Kind } from './records.ts';

type Told = Answer<'/api/visibility/{user_id}', 'get'>;
type Role = Answer<'/api/roles', 'get'>['items'][number];

export interface Step {
  /** A key of `steps`. */
  says: string;
  /** Whether this lets them see it, keeps them from it, or leaves it to the others. */
  effect: 'grants' | 'blocks' | 'passes';
  teams?: string;
}

interface Facts {
  told: Told;
  person: Colleague;
  /** The company's own role that they have, if any. */
  role: Role | undefined;
  kind: Kind;
  /** Names of the teams that they share with the owner. */
  teams: string[];
}

/** The server's verdict taken apart: each thing that it looked at, in plain words, and what would change it. */
export function stepsOf({ told, person, role, kind, teams }: Facts) {
  const mayRead = role?.permissions[kind]?.includes('read') ?? true;
  const isOwner = told.owner_id === person.id;
  const isPrivate = told.private_to !== null;
  const isTheirs = told.private_to === person.id;
  const steps: Step[] = [];
  const add = (says: string, effect: Step['effect'], more = {}) => steps.push({ says, effect, ...more });

  if (person.status !== 'active') add('inactive', 'blocks');
  if (told.reason === 'record_deleted') add('deleted', 'blocks');
  if (role) add(mayRead ? 'roleAllows' : 'roleForbids', mayRead ? 'passes' : 'blocks');
  if (isPrivate) add(isTheirs ? 'privateToThem' : 'privateToAnother', isTheirs ? 'grants' : 'blocks');
  else add('notPrivate', 'passes');
  // What is private is decided: whose it is or who shares a team changes nothing.
  if (!isPrivate) {
    add(isOwner ? 'owns' : 'ownedByAnother', isOwner ? 'grants' : 'passes');
    add(`is_${person.user_role}`, person.user_role === 'company_admin' ? 'grants' : 'passes');
    if (!isOwner && person.user_role !== 'company_admin') {
      const isManager = person.user_role === 'sales_manager';
      const shared = { teams: teams.join(', ') };
      if (teams.length === 0) add('noTeam', 'passes');
      else add(isManager ? 'teamManaged' : 'teamShared', isManager ? 'grants' : 'passes', shared);
    }
  }
  const sees = told.visible && mayRead;
  return { sees, steps, advice: sees ? undefined : adviceFor(told, mayRead) };
}

function adviceFor(told: Told, mayRead: boolean): string | undefined {
  if (told.reason === 'user_inactive') return 'reactivate';
  if (!mayRead) return 'changeRole';
  if (told.reason === 'private_to_another') return 'askOwner';
  return told.reason === 'owned_by_another' ? 'shareTeam' : undefined;
}
