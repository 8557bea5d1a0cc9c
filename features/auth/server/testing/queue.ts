import type { World } from '../../../../test/harness.ts';
import { runJobs } from '../../../../test/jobs.ts';
import auth from '../feature.ts';

/** What waits in the queue, as somebody who reads the database would see it. */
export const waitingJobs = async (world: World): Promise<unknown[]> =>
  (await world.admin.query('select payload from jobs order by id')).rows;

export const dropJobs = (world: World) => world.admin.query('delete from jobs');

/** Sends the letters that wait, as the worker does. */
export const sendLetters = (world: World): Promise<void> => runJobs(world, [auth]);
