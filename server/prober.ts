import { setPriority } from 'node:os';
import { pino } from 'pino';
import { runProbe } from '../audit/probe/own/runs.ts';
import { openDoor } from '../audit/runs.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';

// Runs one probe, which the worker that starts it has claimed. Whoever uses the server goes first.
setPriority(10);
const [run = ''] = process.argv.slice(2);
const config = readConfig();
process.on('disconnect', () => process.exit(1));
const database = await openDatabase(config);
const door = openDoor(database.adminUrl);
await runProbe(door, database.adminUrl, run, undefined, pino({ level: config.logLevel, name: 'prober' }));
await door.close();
await database.stop();
process.exit(0);
