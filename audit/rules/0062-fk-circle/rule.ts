import { defineRule, type Finding } from '../../rule.ts';

interface Edge {
  name: string;
  child: string;
  parent: string;
}

export default defineRule({
  number: 62,
  name: 'fk-circle',
  severity: 'medium',
  part: 'keys',
  title: 'Foreign keys form no circle',
  houseOnly: "It matters only for tables that are distributed by tenant, as Bulkhead's may be.",
  check: async ({ facts }) => {
    const edges = await facts<Edge>(`
      select conname as name, child_name as child, parent_name as parent from edges where child <> parent order by oid`);
    const parents = new Map<string, Set<string>>();
    const leadsTo = (from: string, to: string, seen = new Set<string>()): boolean => {
      if (from === to) return true;
      if (seen.has(from)) return false;
      seen.add(from);
      return [...(parents.get(from) ?? [])].some((next) => leadsTo(next, to, seen));
    };
    const findings: Finding[] = [];
    // In the order in which they were made: the key that closes a circle is the one to do without.
    for (const { name, child, parent } of edges) {
      if (leadsTo(parent, child)) {
        findings.push({
          object: `${child}: ${name}`,
          message: `${parent} already points, by other keys, at ${child}`,
          mend: `alter table ${child} drop constraint "${name}"`,
        });
      } else {
        parents.set(child, (parents.get(child) ?? new Set()).add(parent));
      }
    }
    return findings;
  },
});
