import type { Caller } from './caller.ts';
import { oneOf } from './random.ts';

/** A record as it must be at the end: every change was acknowledged, and is there once. */
export interface Written {
  table: 'contacts' | 'deals' | 'notes' | 'activities';
  id: string;
  version: number;
  says: string;
  deleted: boolean;
  /** Entries that the audit log must have, in their order. */
  audit: string[];
  /** Stages that a deal went through. */
  stages: string[];
}

const OF = {
  contacts: { path: '/api/contacts', says: 'title', more: { first_name: 'Grace', last_name: 'Written' } },
  deals: { path: '/api/deals', says: 'title', more: {} },
  notes: { path: '/api/notes', says: 'body', more: {} },
  activities: { path: '/api/activities', says: 'subject', more: { type: 'call' } },
} as const;
const TABLES = ['contacts', 'contacts', 'deals', 'notes', 'activities'] as const;

/** Works for a company, one write after the other, and remembers what must have become of each. */
export class Seller {
  readonly written: Written[] = [];
  #count = 0;

  constructor(
    readonly name: string,
    readonly caller: Caller,
    readonly stages: readonly string[],
    readonly random: () => number,
  ) {}

  async work(writes: number, onWrite: () => void): Promise<void> {
    for (let n = 0; n < writes; n += 1) {
      await this.#write();
      onWrite();
    }
  }

  #write(): Promise<void> {
    const alive = this.written.filter(({ deleted }) => !deleted);
    const dice = this.random();
    if (alive.length < 3 || dice < 0.45) return this.#create(oneOf(TABLES, this.random));
    const one = oneOf(alive, this.random);
    // All else is about the first contact, and would go with it.
    if (dice > 0.92 && one !== this.written[0]) return this.#remove(one);
    return one.table === 'deals' ? this.#move(one) : this.#edit(one);
  }

  async #create(wanted: Written['table']): Promise<void> {
    const [contact] = this.written;
    const table = contact === undefined ? 'contacts' : wanted;
    const { path, says, more } = OF[table];
    const about = table !== 'contacts' && contact !== undefined ? { contact_id: contact.id } : {};
    const text = this.#next();
    const { id, version, stage_id } = await this.caller.create(path, { ...more, ...about, [says]: text });
    const stages = stage_id === undefined ? [] : [stage_id];
    this.written.push({ table, id, version, says: text, deleted: false, audit: ['create'], stages });
  }

  async #edit(one: Written): Promise<void> {
    const { path, says } = OF[one.table];
    const text = this.#next();
    const after = await this.caller.change(`${path}/${one.id}`, one.version, { [says]: text });
    if (after[says] !== text || after.version !== one.version + 1)
      throw new Error(`lost or repeated: ${JSON.stringify(after)}`);
    Object.assign(one, { version: after.version, says: text });
    one.audit.push('update');
  }

  async #move(deal: Written): Promise<void> {
    const to = oneOf(
      this.stages.filter((stage) => stage !== deal.stages.at(-1)),
      this.random,
    );
    const path = `/api/deals/${deal.id}`;
    const after = await this.caller.change(path, deal.version, { stage_id: to }, `${path}/move`);
    if (after.stage_id !== to || after.version !== deal.version + 1)
      throw new Error(`lost or repeated: ${JSON.stringify(after)}`);
    deal.version = after.version;
    deal.stages.push(to);
    deal.audit.push('update');
  }

  async #remove(one: Written): Promise<void> {
    await this.caller.remove(`${OF[one.table].path}/${one.id}`);
    one.version += 1;
    one.deleted = true;
    one.audit.push('delete');
  }

  #next(): string {
    this.#count += 1;
    return `${this.name} ${this.#count}`;
  }
}
