import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { buildApp } from '../../../server/app.ts';
import { discoverFeatures } from '../../../server/discover.ts';
import { readConfig } from '../../../server/platform/config.ts';
import { localEvents } from '../../../server/platform/events.ts';
import { createWorker } from '../../../server/platform/worker.ts';
import { createDoor } from '../../../server/tenancy/door.ts';
import { connect } from '../../../server/tenancy/pool.ts';
import { urlFor } from '../../../server/tenancy/roles.ts';
import { type Endpoint, endpointsOf } from '../endpoints.ts';
import type { OpenApi } from '../openapi.ts';

export interface Beside {
  base: URL;
  document: OpenApi;
  /** Every route that is registered, those too that the document does not tell of. */
  endpoints: Endpoint[];
  metricsToken: string;
  close(): Promise<void>;
}

/**
 * The app itself, beside the one that people use: the same code on the same database, with no limit on its pace, and a
 * worker, for what is done later.
 */
export async function serveBeside(adminUrl: string): Promise<Beside> {
  const door = createDoor(connect({ connectionString: urlFor('bulkhead_app', adminUrl), max: 4 }));
  const config = { ...readConfig(), rateLimit: { address: 0, user: 0, company: 0 } };
  const features = await discoverFeatures();
  const events = localEvents();
  process.env.BULKHEAD_METRICS_TOKEN ??= randomBytes(18).toString('base64url');
  const metricsToken = process.env.BULKHEAD_METRICS_TOKEN;
  const app = await buildApp({ config, door, events, features });
  const worker = createWorker({ adminUrl, door, events, features, concurrency: 2 });
  worker.start();
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    base: new URL(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`),
    document: app.swagger() as OpenApi,
    endpoints: endpointsOf(app),
    metricsToken,
    async close() {
      await worker.stop();
      await app.close();
      await door.close();
    },
  };
}
