import cluster from 'node:cluster';
import { pino } from 'pino';
import { tellLogins } from '../demo/logins.ts';
import { demoLogins, loadDemoOnce } from '../demo/start.ts';
import { buildApp } from './app.ts';
import { discoverFeatures } from './discover.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { sharedEvents } from './platform/events.ts';
import { expectFreePort } from './platform/free-port.ts';
import { keepProcesses } from './platform/server-processes.ts';
import { limitExchange } from './platform/shared-limits.ts';
import { keepWorker } from './platform/worker-process.ts';
import { createDoor } from './tenancy/door.ts';
import { prepareDatabase } from './tenancy/installation.ts';
import { connect } from './tenancy/pool.ts';
import { urlFor } from './tenancy/roles.ts';

const config = readConfig();
// Many lines are written at once, for each write costs as much as a line; none waits longer than a second.
const log = pino(
  { level: config.logLevel },
  pino.destination({ sync: false, minLength: 16_000, periodicFlush: 1_000 }),
);
if (cluster.isPrimary) {
  await expectFreePort(config.port, config.host).catch((error: Error) => {
    console.error(`bulkhead: ${error.message}`);
    process.exit(1);
  });
}
const database = await openDatabase(config);
let stopping = false;
const ends: (() => Promise<unknown>)[] = [];

if (cluster.isPrimary) {
  const migrated: string[] = [];
  await prepareDatabase(database.adminUrl, (file) => migrated.push(file));
  if (migrated.length > 0) console.log(`migrated the database to ${migrated.at(-1)}`);
  if (config.demo && (await loadDemoOnce(database.adminUrl))) console.log('loaded the demo');
  if (config.worker) ends.push(keepWorker(import.meta.dirname, log));
}
// One process serves by itself; of several, the first only watches over the others.
if (cluster.isPrimary && config.processes > 1) ends.push(await keepProcesses(config.processes, log));
else await serve();
if (cluster.isPrimary) {
  console.log(`Bulkhead serves ${config.publicUrl}`);
  if (config.demo) console.log(tellLogins(await demoLogins(database.adminUrl), config.publicUrl));
}

async function serve(): Promise<void> {
  const appUrl = urlFor('bulkhead_app', database.adminUrl);
  const door = createDoor(connect({ connectionString: appUrl, processes: config.processes }));
  const events = sharedEvents(appUrl);
  const exchange = limitExchange(config.processes);
  const app = await buildApp({ config, door, events, features: await discoverFeatures(), exchange, logger: log });
  await app.listen({ port: config.port, host: config.host });
  ends.unshift(
    () => app.close(),
    () => events.close(),
    () => door.close(),
  );
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const end of ends) await end();
  await database.stop();
  log.flush();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
