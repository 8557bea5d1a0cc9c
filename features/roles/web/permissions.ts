import type { Answer } from '../../../web/api/client.ts';

export type Role = Answer<'/api/roles', 'get'>['items'][number];
export type Permissions = Role['permissions'];
export const actions = ['read', 'create', 'update', 'delete', 'import', 'export'] as const;
export type Action = (typeof actions)[number];

const FOUR = ['read', 'create', 'update', 'delete'] as const;
// What the others offer is less than these: a box that changes nothing would only puzzle.
const offered: Record<string, readonly Action[]> = {
  contacts: actions,
  imports: ['read', 'import'],
  pipeline_stages: ['update', 'delete'],
  users: ['read', 'update', 'delete'],
  notifications: ['read', 'update', 'delete'],
  sessions: ['read', 'delete'],
  api_keys: ['read', 'create', 'delete'],
};
const first = ['contacts', 'deals', 'activities', 'notes', 'imports', 'pipelines', 'tags', 'saved_views'];

/** The actions that a resource knows. */
export const actionsOf = (resource: string): readonly Action[] => offered[resource] ?? FOUR;

/** What people sell with first, the rest by name. */
export const inOrder = (resources: readonly string[]): string[] =>
  [...resources].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
const rank = (resource: string) => (first.includes(resource) ? first.indexOf(resource) : first.length);

/** A resource that the role does not name is as the built-in role has it. */
export const isAllowed = (permissions: Permissions, resource: string, action: Action): boolean =>
  permissions[resource]?.includes(action) ?? true;

export function toggled(permissions: Permissions, resource: string, action: Action, isOn: boolean): Permissions {
  const allowed = actionsOf(resource).filter((each) =>
    each === action ? isOn : isAllowed(permissions, resource, each),
  );
  const { [resource]: _was, ...others } = permissions;
  return allowed.length === actionsOf(resource).length ? others : { ...others, [resource]: [...allowed] };
}

/** Where the role takes something away. */
export const restrictedIn = (permissions: Permissions): string[] => inOrder(Object.keys(permissions));
