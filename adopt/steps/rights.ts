import type { Catalog, Grant } from '../catalog.ts';
import { ident, idents } from '../sql.ts';

export interface Change {
  do: string[];
  undo: string[];
}

/** To the columns that are wanted of a right, or `all` for the whole table. */
export type Wanted = Record<string, readonly string[] | 'all'>;

/**
 * Gives a role the rights on a table that it lacks, and takes those away that reach further: `taken` whole, and of a right
 * wanted on columns what is on others. Undone, the role has what it had, be it nothing or more.
 * @throws where another than the owner gave what must be taken away: PostgreSQL lets only them take it back
 */
export function tableRights(
  catalog: Catalog,
  table: string,
  role: string,
  wanted: Wanted,
  taken: readonly string[],
): Change {
  const change: Change = { do: [], undo: [] };
  for (const right of [...taken, ...Object.keys(wanted).filter((one) => !taken.includes(one))]) {
    const had = held(catalog, role, table).filter(({ privilege }) => privilege === right);
    const want = wanted[right];
    const whole = had.some(({ column }) => column === null);
    const restore = [`revoke ${right} on ${table} from ${ident(role)}`, ...had.map((grant) => give(grant, role))];
    const beyond = whole || had.some(({ column }) => want === undefined || !want.includes(column!));
    if (taken.includes(right) && had.length > 0 && beyond) {
      const lent = had.find(({ ofOwner }) => !ofOwner);
      if (lent)
        throw new Error(
          `${role} has ${right} on ${table} by a grant of ${lent.grantor}, who does not own it: revoke it there, or choose another role with --app-role.`,
        );
      change.do.push(`revoke ${right} on ${table} from ${ident(role)}`);
      if (want !== undefined && want.length > 0) change.do.push(grantOf(right, want, table, role));
      change.undo.push(...restore);
    } else if (want === 'all') {
      if (whole) continue;
      change.do.push(grantOf(right, want, table, role));
      // Taken from a table, a right goes from its columns too.
      change.undo.push(...restore);
    } else if (want !== undefined && !whole) {
      const missing = want.filter((name) => !had.some(({ column }) => column === name));
      if (missing.length === 0) continue;
      change.do.push(grantOf(right, missing, table, role));
      change.undo.push(`revoke ${right} (${idents(missing)}) on ${table} from ${ident(role)}`);
    }
  }
  return change;
}

/** Gives a right on a schema, a sequence or a view that the role does not have yet. */
export function plainRight(catalog: Catalog, right: string, kind: string, object: string, role: string): Change {
  if (held(catalog, role, object).some(({ privilege, column }) => privilege === right && column === null))
    return { do: [], undo: [] };
  const on = `${right} on ${kind === '' ? '' : `${kind} `}${object}`;
  return { do: [`grant ${on} to ${ident(role)}`], undo: [`revoke ${on} from ${ident(role)}`] };
}

/** A role that row-level security does not hold cannot be the application's. */
export function refuseMighty({ tables, mighty }: Catalog, role: string): void {
  if (mighty.includes(role))
    throw new Error(
      `${role} is a superuser or has BYPASSRLS: no policy holds it. Choose another role with --app-role.`,
    );
  const own = [...tables.values()].find(({ owner }) => owner === role);
  if (own)
    throw new Error(
      `${role} owns ${own.name} and could take its policies away: choose another role with --app-role, and let requests come as that.`,
    );
}

const held = ({ grants }: Catalog, role: string, object: string): Grant[] =>
  grants.filter((grant) => grant.grantee === role && grant.object === object);

const grantOf = (right: string, columns: readonly string[] | 'all', table: string, role: string) =>
  `grant ${right}${columns === 'all' ? '' : ` (${idents(columns)})`} on ${table} to ${ident(role)}`;

const give = ({ privilege, column, object, grantable }: Grant, role: string) =>
  `${grantOf(privilege, column === null ? 'all' : [column], object, role)}${grantable ? ' with grant option' : ''}`;
