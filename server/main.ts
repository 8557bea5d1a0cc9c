import { pino } from 'pino';
import { tellLogins } from '../demo/logins.ts';
import { demoLogins, loadDemoOnce } from '../demo/start.ts';
import { buildApp } from './app.ts';
import { discoverFeatures } from './discover.ts';
import { readConfig } from './platform/config.ts';
import { openDatabase } from './platform/database.ts';
import { localEvents } from './platform/events.ts';
import { createDoor } from './tenancy/door.ts';
import { prepareDatabase, urlFor } from './tenancy/installation.ts';
import { connect } from './tenancy/pool.ts';

const config = readConfig();
const database = await openDatabase(config);
await prepareDatabase(database.adminUrl, (file) => console.log(`migrated ${file}`));
if (config.demo && (await loadDemoOnce(database.adminUrl))) console.log('loaded the demo');

const door = createDoor(connect({ connectionString: urlFor('bulkhead_app', database.adminUrl) }));
const events = localEvents();
const app = await buildApp({
  config,
  door,
  events,
  features: await discoverFeatures(),
  logger: pino({ level: config.logLevel }, pino.destination({ sync: false, minLength: 4096 })),
});
await app.listen({ port: config.port, host: config.host });
console.log(`Bulkhead serves ${config.publicUrl}`);
if (config.demo) console.log(tellLogins(await demoLogins(database.adminUrl), config.publicUrl));

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await app.close();
    await events.close();
    await door.close();
    await database.stop();
    process.exit(0);
  });
}
