import type { Insertable, Updateable } from 'kysely';
import type { DB } from '../db/types.ts';
import type { Past } from '../server/tenancy/history.ts';
import { Calendar } from './calendar.ts';
import { Chance } from './chance.ts';
import type { DemoCompany } from './shape.ts';

const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
];

/** Tells the past of one company: what its people wrote, and when. */
export class Teller {
  readonly chance: Chance;
  readonly calendar: Calendar;
  /** Ids of users by their first names in lower case. */
  readonly users = new Map<string, string>();
  companyId = '';
  readonly #past: Past;

  constructor(
    past: Past,
    readonly story: DemoCompany,
    readonly today: string,
  ) {
    this.#past = past;
    this.chance = new Chance(story.seed);
    this.calendar = new Calendar(today, story.utcOffset);
  }

  user(who: string): string {
    const id = this.users.get(who);
    if (id === undefined) throw new Error(`nobody at ${this.story.name} is called ${who}`);
    return id;
  }

  emailOf(first: string, last: string): string {
    return `${first}.${last}@${this.story.domain}`.toLowerCase();
  }

  insert<T extends keyof DB & string>(who: string, at: string, table: T, row: Insertable<DB[T]>): Promise<string> {
    return this.#past.insert(this.#moment(who, at, 'POST', table), table, row);
  }

  update<T extends keyof DB & string>(who: string, at: string, table: T, id: string, change: Updateable<DB[T]>) {
    return this.#past.update(this.#moment(who, at, 'PATCH', `${table}/${id}`), table, id, change);
  }

  /** Dates among custom fields are told in days from today. */
  custom(fields: Record<string, unknown> = {}): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        typeof value === 'object' && value !== null && 'inDays' in value
          ? this.calendar.day(Number(value.inDays))
          : value,
      ]),
    );
  }

  #moment(who: string, at: string, method: string, path: string) {
    const place = this.story.people.findIndex(({ first }) => first.toLowerCase() === who);
    // 203.0.113.0/24 belongs to nobody (RFC 5737).
    const ip = `203.0.113.${(this.story.seed % 200) + place}`;
    const request = { ip, ua: AGENTS[place % AGENTS.length]!, method, path: `/api/${path.replaceAll('_', '-')}` };
    return { companyId: this.companyId, userId: this.users.get(who) ?? null, at, request };
  }
}
