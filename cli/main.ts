import { CommanderError } from 'commander';
import { readConfig } from '../server/platform/config.ts';
import { openDatabase } from '../server/platform/database.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
import { programOf } from './program.ts';
import { toolsOf } from './tools.ts';

const tools = toolsOf(
  (code) => {
    process.exitCode = code;
  },
  async (work) => {
    const { publicUrl, ...config } = readConfig();
    const database = await openDatabase(config);
    try {
      await prepareDatabase(database.adminUrl);
      return await work({ adminUrl: database.adminUrl, publicUrl });
    } finally {
      await database.stop();
    }
  },
);

const program = await programOf(tools);
await program.parseAsync().catch((error: Error) => {
  if (!(error instanceof CommanderError)) throw error;
  // Commander itself would end with 1, which here means that something was found.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
});
