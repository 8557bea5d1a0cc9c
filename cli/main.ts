import { parseArgs } from 'node:util';
import { readConfig } from '../server/platform/config.ts';
import { openDatabase } from '../server/platform/database.ts';
import { prepareDatabase } from '../server/tenancy/installation.ts';
import { commands } from './commands.ts';

const usage = `Usage: bulkhead <command>

${commands.map(({ name, parameters = '', what }) => `  ${`${name} ${parameters}`.padEnd(28)}${what}`).join('\n')}

It works on the data folder or database that the server uses: BULKHEAD_DATA, DATABASE_URL and BULKHEAD_SECRET as there.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const given = words(args);
  if (given === 'help') {
    console.log(usage);
    return 0;
  }
  const command = commands.find(({ name }) => given?.join(' ').startsWith(name));
  const rest = command === undefined ? [] : (given?.slice(command.name.split(' ').length) ?? []);
  if (command === undefined || rest.length !== (command.parameters === undefined ? 0 : 1)) {
    console.error(usage);
    return 2;
  }
  const config = readConfig();
  const database = await openDatabase(config);
  try {
    await prepareDatabase(database.adminUrl);
    return await command.run({ adminUrl: database.adminUrl, publicUrl: config.publicUrl, argument: rest[0] ?? '' });
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  } finally {
    await database.stop();
  }
}

function words(args: string[]): string[] | 'help' | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' } },
    });
    return values.help || positionals.length === 0 ? 'help' : positionals;
  } catch (error) {
    console.error(`${(error as Error).message}\n`);
    return undefined;
  }
}
