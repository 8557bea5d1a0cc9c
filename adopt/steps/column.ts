import type { Catalog, Table } from '../catalog.ts';
import type { Draft } from '../draft.ts';
import { candidates } from '../paths.ts';
import type { Decisions, Step } from '../plan.ts';
import { bare, ident, literal, short } from '../sql.ts';

/** The trigger that derives the tenant of new rows while the application does not yet tell it. */
const DERIVE = 'bulkhead_derive';

/** A nullable column, which takes no time whatever the table's size, and the trigger. Readers and writers go on. */
export function column({ catalog, decisions, owned }: Draft): Step[] {
  const { tenant } = decisions;
  const own = ident(tenant.column);
  return owned.map(({ table, decision, had }) => {
    const to = decision.private_to;
    const hasPrivate = table.columns.some(({ name }) => name === 'private_to');
    const done: string[] = [];
    const undo: string[] = [];
    if (!had) {
      done.push(`alter table ${table.name} add column ${own} ${tenant.type}`);
      undo.unshift(`alter table ${table.name} drop column ${own}`);
    }
    if (to !== undefined && !hasPrivate) {
      const type = table.columns.find(({ name }) => name === to)!.type;
      done.push(`alter table ${table.name} add column private_to ${type}`);
      undo.unshift(`alter table ${table.name} drop column private_to`);
    }
    const trigger = deriving(catalog, decisions, table);
    if (trigger) {
      done.push(trigger.function, trigger.create);
      undo.unshift(trigger.drop, `drop function if exists ${trigger.called}`);
    }
    return { name: `column ${table.name}`, phase: 'column', kind: 'once', table: table.name, do: done, undo };
  });
}

/** The trigger of a table with paths, and its function. */
export function deriving(catalog: Catalog, decisions: Decisions, table: Table) {
  const ways = candidates(catalog, decisions, table, { of: 'new', reverse: false });
  if (ways === undefined) return undefined;
  const { tenant } = decisions;
  const own = ident(tenant.column);
  const called = `bulkhead_adopt.${ident(short(`derive_${bare(table.name)}_${digestOf(table.name)}`))}()`;
  // A literal, for the names in it are the application's: one with $$ would end what begins with it.
  const body = literal(`
declare
  found ${tenant.type}[] := array(${ways});
begin
  if current_setting('bulkhead_adopt.puts_back', true) = 'on' then return new; end if;
  if cardinality(found) = 1 then new.${own} := found[1]; end if;
  return new;
end `);
  return {
    called,
    // SECURITY DEFINER, as long as it is there: who may insert a row need not have a right to read what it points at.
    function: `create function ${called} returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as ${body}`,
    create: `create trigger ${DERIVE} before insert or update on ${table.name}
for each row when (new.${own} is null) execute function ${called}`,
    drop: `drop trigger if exists ${DERIVE} on ${table.name}`,
  };
}

/** Tables of the same name in two schemas have a function each. */
function digestOf(name: string): string {
  let digest = 0;
  for (const letter of name) digest = (Math.imul(digest, 31) + letter.codePointAt(0)!) >>> 0;
  return digest.toString(36);
}
