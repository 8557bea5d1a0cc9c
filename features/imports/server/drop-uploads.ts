import { readConfig } from '../../../server/platform/config.ts';
import type { Job } from '../../../server/platform/jobs.ts';
import { dropFile, keysBefore, pathOf } from './import-file.ts';
import { cancelForgotten, neededFiles } from './queries.ts';

const HOUR = 3_600_000;
const BATCH = 500;

/** Deletes the files that no import reads again, those too whose upload broke off before it became an import. */
export const dropUploads: Job = {
  name: 'imports.drop_uploads',
  nightly: true,
  async run(company, _payload, signal) {
    const { uploads: days } = readConfig().keep;
    const { companyId } = company.context;
    const keys = await keysBefore(companyId, Date.now() - HOUR);
    await company.run(cancelForgotten(days));
    for (let at = 0; at < keys.length; at += BATCH) {
      signal.throwIfAborted();
      const batch = keys.slice(at, at + BATCH);
      const needed = new Set((await company.many(neededFiles(batch, days))).map(({ file_key }) => file_key));
      for (const key of batch) if (!needed.has(key)) await dropFile(pathOf(companyId, key));
    }
  },
};
