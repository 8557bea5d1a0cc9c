import type { Job } from '../../../server/platform/jobs.ts';
import { dropFilesOf } from '../../imports/server/service.ts';

/** Removes all that belonged to a company that was deleted a week ago. Nothing happens where it was reinstated. */
export const purgeCompany: Job = {
  name: 'companies.purge',
  run: async (company) => {
    await company.transaction(async (tx) => {
      await tx.gate('take_minutes', [30]);
      const [answer] = await tx.gate<{ purge_company: boolean }>('purge_company');
      // Before the commit: what breaks off here is done again, and with the company its job is gone.
      if (answer?.purge_company) await dropFilesOf(company.context.companyId);
    });
  },
};
