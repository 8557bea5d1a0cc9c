import { pino } from 'pino';
import { keepProbes } from '../audit/probe/own/runs.ts';
import { keepAudits } from '../audit/runs.ts';
import { discoverFeatures } from './discover.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { sharedEvents } from './platform/events.ts';
import { createWorker } from './platform/worker.ts';
import { createDoor } from './tenancy/door.ts';
import { connect } from './tenancy/pool.ts';
import { urlFor } from './tenancy/roles.ts';

// Runs jobs. A process of its own, so that an import of 100,000 rows does not make anybody's click wait.
const config = readConfig();
const log = pino({ level: config.logLevel, name: 'worker' });
const database = await openDatabase(config);
const appUrl = urlFor('bulkhead_app', database.adminUrl);
const door = createDoor(connect({ connectionString: appUrl, max: 8, statementTimeout: 60_000 }));
const events = sharedEvents(appUrl);
const worker = createWorker({
  adminUrl: database.adminUrl,
  door,
  events,
  features: await discoverFeatures(),
  log,
  night: config.night,
  keepSessions: config.keep.sessions,
});
worker.start();
const endAudits = keepAudits(database.adminUrl, import.meta.dirname, log);
const endProbes = keepProbes(database.adminUrl, import.meta.dirname, log);
log.info('worker ready');

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await Promise.all([worker.stop(), endAudits(), endProbes()]);
  await events.close();
  await door.close();
  await database.stop();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// The server that started this worker is gone, however it went; it may have gone before this line was reached.
process.on('disconnect', stop);
if (process.send !== undefined && !process.connected) await stop();
