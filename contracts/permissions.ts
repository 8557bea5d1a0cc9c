/** What can be done to a resource, as roles name it. */
export const actions = ['create', 'read', 'update', 'delete', 'export', 'import'] as const;
export type Action = (typeof actions)[number];
