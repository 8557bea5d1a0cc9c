import type { Job } from '../../../server/platform/jobs.ts';

/** Removes all that belonged to a company that was deleted a week ago. Nothing happens where it was reinstated. */
export const purgeCompany: Job = {
  name: 'companies.purge',
  run: async (company) => {
    await company.transaction(async (tx) => {
      await tx.gate('take_minutes', [30]);
      await tx.gate('purge_company');
    });
  },
};
