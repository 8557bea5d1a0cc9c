/** Whose rows a table holds. Every table of the database is declared once; a test compares the two both ways. */
export type Ownership =
  | { readonly kind: 'company' }
  | { readonly kind: 'global' /** Why its rows belong to no company. */; readonly reason: string };

const declared = new Map<string, Ownership>();

/** Declares tables whose every row belongs to one company: queries get the company's predicate, policies are checked. */
export function companyTables(...names: string[]): void {
  for (const name of names) declare(name, { kind: 'company' });
}

/** Declares a table that belongs to no company. The list is short, and each has its reason. */
export function globalTable(name: string, reason: string): void {
  declare(name, { kind: 'global', reason });
}

export function ownershipOf(table: string): Ownership | undefined {
  return declared.get(table);
}

export function declaredTables(): ReadonlyMap<string, Ownership> {
  return declared;
}

function declare(name: string, ownership: Ownership): void {
  const earlier = declared.get(name);
  if (earlier !== undefined && earlier.kind !== ownership.kind) {
    throw new Error(`table ${name} is declared both company-owned and global`);
  }
  declared.set(name, ownership);
}
