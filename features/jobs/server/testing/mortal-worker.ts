import { localEvents } from '../../../../server/platform/events.ts';
import { defineFeature } from '../../../../server/platform/feature.ts';
import type { Job } from '../../../../server/platform/jobs.ts';
import { createWorker } from '../../../../server/platform/worker.ts';
import { createDoor } from '../../../../server/tenancy/door.ts';
import { connect } from '../../../../server/tenancy/pool.ts';
import { urlFor } from '../../../../server/tenancy/roles.ts';
import '../../../contacts/tables.ts';
import { remember } from './remember.ts';

// A worker process for the tests to kill.
const adminUrl = process.argv[2] as string;
createWorker({
  adminUrl,
  door: createDoor(connect({ connectionString: urlFor('bulkhead_app', adminUrl), max: 8 })),
  events: localEvents(),
  features: [defineFeature({ name: 'test', jobs: [remember as Job] })],
  leaseSeconds: 1,
}).start();
