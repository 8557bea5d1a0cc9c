interface Versioned {
  id: string;
  version: number;
}

/**
 * The version to save against: the one that `opened` has in the list by now, as long as what the form shows of it is as
 * it was. Only its place has changed then, which is no conflict; anything else is, and is told by the opened version.
 */
export function versionNow<One extends Versioned>(
  opened: One,
  listed: readonly One[],
  shown: readonly (keyof One)[],
): number {
  const now = listed.find(({ id }) => id === opened.id);
  const same = shown.every((name) => JSON.stringify(now?.[name]) === JSON.stringify(opened[name]));
  return now && same ? now.version : opened.version;
}
