import type { Command } from 'commander';

/** The installation that a command works on. */
export interface Installation {
  /** Its database, migrated, with an administrator's rights. */
  adminUrl: string;
  publicUrl: string;
}

/**
 * What a command is handed. Work gives the exit code: 0 done, 1 not done or something found, 2 asked for wrongly. An error ends with
 * `failed`, which is 1 where that means not done; where 1 says that something was found, it is 2.
 */
export interface Tools {
  run(work: () => Promise<number>, failed?: number): Promise<void>;
  /** The same with the installation's database, which is started where it does not run, and stopped again. */
  withInstallation(work: (installation: Installation) => Promise<number>, failed?: number): Promise<void>;
}

/** Adds a command, or several that belong together, to `bulkhead`: the default export of each file in cli/commands/. */
export type AddCommand = (program: Command, tools: Tools) => void;
