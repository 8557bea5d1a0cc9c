import { CommanderError } from 'commander';
import { readConfig } from '../server/platform/config.ts';
import { openDatabase } from '../server/platform/database.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
import type { Tools } from './command.ts';
import { programOf } from './program.ts';

const tools: Tools = {
  async run(work) {
    process.exitCode = await work().catch((error: Error) => {
      console.error(error.message);
      return 1;
    });
  },
  withInstallation: (work) =>
    tools.run(async () => {
      const { publicUrl, ...config } = readConfig();
      const database = await openDatabase(config);
      try {
        await prepareDatabase(database.adminUrl);
        return await work({ adminUrl: database.adminUrl, publicUrl });
      } finally {
        await database.stop();
      }
    }),
};

const program = await programOf(tools);
await program.parseAsync().catch((error: Error) => {
  if (!(error instanceof CommanderError)) throw error;
  // Commander itself would end with 1, which here means that something was found.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
});
