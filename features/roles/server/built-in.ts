import type { Role } from '../contract.ts';

/** The roles that decide whose records somebody sees. Every user has one of these; a role of the company's own narrows it. */
export const builtInRoles = [
  {
    id: 'company_admin',
    name: 'Company admin',
    description: 'Sees and does everything in the company, and decides who belongs to it.',
  },
  {
    id: 'sales_manager',
    name: 'Sales manager',
    description: 'Sees and works on their own records and those of their teams.',
  },
  { id: 'sales_rep', name: 'Sales rep', description: 'Sees and works on their own records.' },
] as const;

export function describeBuiltIn(role: (typeof builtInRoles)[number], user_count: number): Role {
  return { ...role, permissions: {}, is_built_in: true, user_count, created_at: null, updated_at: null };
}
