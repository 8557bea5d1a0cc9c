/** What defects are seeded in, by the numbers of the rules that must see them. */
export const AREAS: Readonly<Record<string, readonly (readonly [from: number, to: number])[]>> = {
  schema: [
    [1, 11],
    [45, 45],
    [66, 66],
    [70, 70],
  ],
  privileges: [
    [12, 25],
    [67, 67],
    [75, 76],
    [79, 79],
  ],
  policies: [
    [26, 33],
    [57, 59],
    [68, 69],
    [71, 71],
    [73, 74],
    [78, 78],
  ],
  data: [[34, 38]],
  indexes: [
    [39, 44],
    [61, 65],
    [72, 72],
    [77, 77],
  ],
  models: [
    [46, 48],
    [60, 60],
  ],
  routes: [
    [49, 51],
    [53, 53],
  ],
  jobs: [[52, 52]],
  files: [[54, 54]],
  cache: [[55, 55]],
  realtime: [[56, 56]],
};

/** @throws for a rule that is in none: a new one says here where its defects are seeded */
export function areaOf(rule: number): string {
  const found = Object.entries(AREAS).find(([, ranges]) => ranges.some(([from, to]) => from <= rule && rule <= to));
  if (found === undefined) throw new Error(`Rule ${rule} is in no area of audit/mutation/areas.ts.`);
  return found[0];
}
