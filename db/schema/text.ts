/** PostgreSQL writes its keywords in capitals; what stands in quotes or dollar quotes stays as it is. */
export function lower(sql: string): string {
  return sql.replace(/('(?:[^']|'')*'|"(?:[^"]|"")*")|[^'"]+/g, (part, quoted: string | undefined) =>
    quoted === undefined ? part.toLowerCase() : part,
  );
}

/** A list that breaks into lines of its own before it gets too long to read. */
export function list(items: readonly string[], indent = '  '): string {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last === undefined || last.length + item.length > 110) lines.push(item);
    else lines[lines.length - 1] = `${last}, ${item}`;
  }
  return lines.join(`,\n${indent}`);
}

export interface Right {
  grantee: string;
  privilege: string;
  /** Null for the whole object. */
  column: string | null;
  grantable: boolean;
}

/** `grant` statements, one for each role, columns gathered. */
export function grants(rights: readonly Right[], on: string): string[] {
  const byRole = new Map<string, Map<string, string[] | null>>();
  for (const { grantee, privilege, column, grantable } of rights) {
    const role = `${grantee}${grantable ? ' with grant option' : ''}`;
    const held = byRole.get(role) ?? new Map<string, string[] | null>();
    byRole.set(role, held);
    const name = privilege.toLowerCase();
    if (column === null) held.set(name, null);
    else if (held.get(name) !== null) held.set(name, [...(held.get(name) ?? []), column]);
  }
  const byWhat = new Map<string, string[]>();
  for (const [role, held] of [...byRole].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const what = [...held].map(([name, columns]) => (columns === null ? name : `${name} (${list(columns, '    ')})`));
    byWhat.set(what.join(', '), [...(byWhat.get(what.join(', ')) ?? []), role]);
  }
  return [...byWhat].map(([what, roles]) => `grant ${what} on ${on} to ${roles.join(', ')};`);
}
