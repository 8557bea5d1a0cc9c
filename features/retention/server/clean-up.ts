import { type Config, readConfig } from '../../../server/platform/config.ts';
import type { Job } from '../../../server/platform/jobs.ts';

/** Rows of one statement: a company with a year of them holds no lock for long. */
const BATCH = 1_000;

/** Days that each kind is kept once it is over; see docs/operating.md. */
const kinds = ({ keep }: Config): readonly (readonly [kind: string, days: number])[] => [
  ['sessions', keep.sessions],
  ['refresh_tokens', keep.sessions],
  ['password_resets', keep.sessions],
  ['email_changes', keep.sessions],
  ['idempotency_keys', keep.idempotency],
  ['invitations', keep.invitations],
  ['jobs', keep.jobs],
];

/** Deletes what a company has no more use for. The files of imports are their feature's to delete. */
export const cleanUp: Job = {
  name: 'retention.clean_up',
  nightly: true,
  async run(company, _payload, signal) {
    for (const [kind, days] of kinds(readConfig())) {
      for (let deleted = BATCH; deleted === BATCH; ) {
        signal.throwIfAborted();
        const [answer] = await company.gate<{ clean_up: number }>('clean_up', [kind, `${days} days`, BATCH]);
        deleted = answer?.clean_up ?? 0;
      }
    }
  },
};
