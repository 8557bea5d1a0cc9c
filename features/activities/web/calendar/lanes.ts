export interface Laid<Item> {
  item: Item;
  /** Minutes from midnight. */
  from: number;
  to: number;
  lane: number;
  lanes: number;
}

/** Puts what overlaps side by side: each in the first lane that is free, all of one heap equally wide. */
export function laid<Item>(items: readonly { item: Item; from: number; to: number }[]): Laid<Item>[] {
  const done: Laid<Item>[] = [];
  let heap: Laid<Item>[] = [];
  let until = -1;
  const close = () => {
    const lanes = Math.max(0, ...heap.map(({ lane }) => lane + 1));
    done.push(...heap.map((each) => ({ ...each, lanes })));
    heap = [];
  };
  for (const { item, from, to } of [...items].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (from >= until) close();
    const taken = new Set(heap.filter((other) => other.to > from).map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    heap.push({ item, from, to, lane, lanes: 1 });
    until = Math.max(until, to);
  }
  close();
  return done;
}
