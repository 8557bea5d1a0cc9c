import type { Job } from '../../../../server/platform/jobs.ts';
import { q } from '../../../../server/tenancy/query.ts';

/** Writes a contact with this address unless it is there: safe to run again, and slow enough to be killed halfway. */
export const remember: Job<{ email: string }> = {
  name: 'test.remember',
  run: (company, { email }) =>
    company.transaction(async (tx) => {
      const known = await tx.first(q.selectFrom('contacts').select('id').where('email', '=', email));
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (known !== undefined) return;
      await tx.run(q.insertInto('contacts').values({ first_name: 'R', last_name: 'Emembered', email }));
    }),
};
