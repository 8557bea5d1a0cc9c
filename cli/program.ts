import { Command } from 'commander';
import { importEach } from '../server/platform/import-each.ts';
import type { AddCommand, Tools } from './command.ts';

/** `bulkhead` with all its commands, found by their files. */
export async function programOf(tools: Tools): Promise<Command> {
  const program = new Command('bulkhead')
    .description('Runs, audits and mends a Bulkhead installation, or another multi-tenant PostgreSQL database.')
    // Throws instead of ending the process; commands below it do likewise.
    .exitOverride()
    .showHelpAfterError()
    .addHelpText(
      'after',
      '\nWhere no database is named, it works on that of the server: BULKHEAD_DATA, DATABASE_URL and BULKHEAD_SECRET as there.',
    );
  for (const add of await importEach<AddCommand>('cli/commands', (name) => name)) add(program, tools);
  return program;
}
