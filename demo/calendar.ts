const DAY = 86_400_000;

/** Days as seen from the day of loading, so that the demo is always of this week. Nobody in it works on weekends. */
export class Calendar {
  readonly #midnight: number;
  readonly #utcOffset: number;

  /**
   * @param today such as 2026-01-31
   * @param utcOffset hours by which the company's clock is ahead of UTC
   */
  constructor(today: string, utcOffset: number) {
    this.#midnight = Date.parse(`${today}T00:00:00Z`);
    this.#utcOffset = utcOffset;
    if (Number.isNaN(this.#midnight)) throw new Error(`not a day: ${today}`);
  }

  /** A moment of working hours about so many days ago, and before today. Later moments never come out earlier. */
  ago(days: number): string {
    const worked = Math.max(days, 0.1) * (5 / 7);
    let left = Math.ceil(worked);
    let back = 0;
    while (left > 0) {
      back += 1;
      if (!this.#isWeekend(-back)) left -= 1;
    }
    return this.#at(-back, 8 + (Math.ceil(worked) - worked) * 8);
  }

  /** An hour of a working day so many days from today, or of the next one after it. */
  ahead(days: number, hour: number): string {
    let day = days;
    while (this.#isWeekend(day)) day += 1;
    return this.#at(day, hour);
  }

  /** A date so many days from today; weekends as well. */
  day(days: number): string {
    return new Date(this.#midnight + days * DAY).toISOString().slice(0, 10);
  }

  #isWeekend(day: number): boolean {
    return [0, 6].includes(new Date(this.#midnight + day * DAY).getUTCDay());
  }

  #at(day: number, hour: number): string {
    const minutes = Math.floor((hour - this.#utcOffset) * 60);
    return new Date(this.#midnight + day * DAY + minutes * 60_000).toISOString();
  }
}
