export interface Laid<Item> {
  item: Item;
  /** Minutes from midnight. */
  from: number;
  to: number;
  lane: number;
  lanes: number;
  /** Those that overlap, one with the next, have the same. */
  heap: number;
}

/** What has no room in a heap. */
export interface Rest<Item> {
  heap: number;
  from: number;
  to: number;
  items: Item[];
}

/** Puts what overlaps side by side: each in the first lane that is free, all of one heap equally wide. */
export function laid<Item>(items: readonly { item: Item; from: number; to: number }[]): Laid<Item>[] {
  const done: Laid<Item>[] = [];
  let heap: Laid<Item>[] = [];
  let until = -1;
  let number = 0;
  const close = () => {
    const lanes = Math.max(0, ...heap.map(({ lane }) => lane + 1));
    done.push(...heap.map((each) => ({ ...each, lanes })));
    heap = [];
    number += 1;
  };
  for (const { item, from, to } of [...items].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (from >= until) close();
    const taken = new Set(heap.filter((other) => other.to > from).map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    heap.push({ item, from, to, lane, lanes: 1, heap: number });
    until = Math.max(until, to);
  }
  close();
  return done;
}

/** As many side by side as can be read; of each heap that has more, what is left over. */
export function roomFor<Item>(all: readonly Laid<Item>[], most: number): { shown: Laid<Item>[]; rest: Rest<Item>[] } {
  const shown: Laid<Item>[] = [];
  const rest = new Map<number, Rest<Item>>();
  for (const one of all) {
    if (one.lane < most) {
      shown.push(one);
      continue;
    }
    const { heap, from, to, item } = one;
    const left = rest.get(heap) ?? { heap, from, to, items: [] };
    left.items.push(item);
    left.from = Math.min(left.from, from);
    left.to = Math.max(left.to, to);
    rest.set(heap, left);
  }
  return { shown, rest: [...rest.values()] };
}
