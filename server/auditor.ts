import { pino } from 'pino';
import { openDoor, runAudit } from '../audit/runs.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';

// Runs one audit, which the worker that starts it has claimed.
const [run = ''] = process.argv.slice(2);
const config = readConfig();
process.on('disconnect', () => process.exit(1));
const database = await openDatabase(config);
const door = openDoor(database.adminUrl);
await runAudit(door, database.adminUrl, run, pino({ level: config.logLevel, name: 'auditor' }));
await door.close();
await database.stop();
process.exit(0);
