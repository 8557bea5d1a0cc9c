import type { Action } from '../../contracts/permissions.ts';

/** What a role of the company's own allows, by resource. A resource that it does not name is as the built-in role has it. */
export type Permissions = Readonly<Record<string, readonly Action[]>>;

/** The resource of a route, as permissions name it: `pipeline_stages` of `/api/pipeline-stages/:stage_id`. */
export function resourceOf(url: string): string | undefined {
  return /^\/api\/([a-z-]+)(?:\/|$)/.exec(url)?.[1]?.replaceAll('-', '_');
}

/** What calling a route does to its resource. `url` is the route's pattern, with `:id` where an id stands. */
export function actionOf(method: string, url: string): Action {
  const [, resource, ...rest] = url.split('/').filter(Boolean);
  const last = rest.at(-1) ?? '';
  if (method === 'GET' || method === 'HEAD') return last === 'export' ? 'export' : 'read';
  if (resource === 'imports' || /^(?:upload|import)/.test(last)) return 'import';
  if (method === 'DELETE') return rest.length > 1 ? 'update' : 'delete';
  if (method !== 'POST') return 'update';
  if (rest.length === 0) return 'create';
  return /delete/.test(last) ? 'delete' : 'update';
}

export function allows(permissions: Permissions, method: string, url: string): boolean {
  const allowed = permissions[resourceOf(url) ?? ''];
  return allowed === undefined || allowed.includes(actionOf(method, url));
}
