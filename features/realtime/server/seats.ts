/** Sockets that one person may have open on a process: a browser with many tabs, and no more. */
export const MOST_SEATS = 20;

/** Counts sockets by person, so that one account cannot take the places of all others. */
export class Seats {
  readonly #taken = new Map<string, number>();

  take(person: string): boolean {
    const taken = this.#taken.get(person) ?? 0;
    if (taken >= MOST_SEATS) return false;
    this.#taken.set(person, taken + 1);
    return true;
  }

  free(person: string): void {
    const taken = this.#taken.get(person) ?? 0;
    if (taken > 1) this.#taken.set(person, taken - 1);
    else this.#taken.delete(person);
  }
}
