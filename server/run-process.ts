import { pino } from 'pino';
import { type AuditLog, openDoor } from '../audit/runs.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import type { Door } from './tenancy/door.ts';

/** Does the work of the run that this process was started for, which the worker that starts it has claimed, and ends with it. */
export async function runProcess(
  name: string,
  work: (door: Door, adminUrl: string, run: string, log: AuditLog) => Promise<void>,
): Promise<never> {
  const [run = ''] = process.argv.slice(2);
  const config = readConfig();
  process.on('disconnect', () => process.exit(1));
  const database = await openDatabase(config);
  const door = openDoor(database.adminUrl);
  await work(door, database.adminUrl, run, pino({ level: config.logLevel, name }));
  await door.close();
  await database.stop();
  process.exit(0);
}
