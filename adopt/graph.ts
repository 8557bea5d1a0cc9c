/**
 * Groups of names, each after all that it needs: a group of several, or one that needs itself, is a circle.
 * @param needs what each name needs; names that are not themselves keys are passed over
 */
export function inOrder(needs: ReadonlyMap<string, readonly string[]>): string[][] {
  // Tarjan's algorithm gives the strongly connected parts in this very order.
  const found = new Map<string, { at: number; low: number; waits: boolean }>();
  const waiting: string[] = [];
  const groups: string[][] = [];
  const visit = (name: string) => {
    const own = { at: found.size, low: found.size, waits: true };
    found.set(name, own);
    waiting.push(name);
    for (const needed of needs.get(name) ?? []) {
      if (!needs.has(needed)) continue;
      const other = found.get(needed) ?? visit(needed);
      if (other.waits) own.low = Math.min(own.low, other.low);
    }
    if (own.low === own.at) {
      const group = waiting.splice(waiting.indexOf(name));
      for (const member of group) found.get(member)!.waits = false;
      groups.push(group.sort());
    }
    return own;
  };
  for (const name of needs.keys()) if (!found.has(name)) visit(name);
  return groups;
}
