import { Logger, runOnce } from 'graphile-worker';
import { tasksOf } from '../../../../server/platform/worker.ts';
import { urlFor } from '../../../../server/tenancy/roles.ts';
import type { World } from '../../../../test/harness.ts';
import auth from '../feature.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What waits in the queue, as somebody who reads the database would see it. */
export const waitingJobs = async (world: World): Promise<unknown[]> =>
  (await world.admin.query('select payload from graphile_worker._private_jobs order by id')).rows;

export const dropJobs = (world: World) => world.admin.query('delete from graphile_worker._private_jobs');

/** Sends the letters that wait, as the worker does. */
export const sendLetters = ({ adminUrl, door, app }: World): Promise<void> =>
  runOnce({
    connectionString: urlFor('bulkhead_jobs', adminUrl),
    taskList: tasksOf({ door, events: app.events, features: [auth], log }),
    logger: new Logger(() => () => undefined),
    noHandleSignals: true,
  });
