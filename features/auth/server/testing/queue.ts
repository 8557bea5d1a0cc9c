import { createWorker } from '../../../../server/platform/worker.ts';
import type { World } from '../../../../test/harness.ts';
import auth from '../feature.ts';

/** What waits in the queue, as somebody who reads the database would see it. */
export const waitingJobs = async (world: World): Promise<unknown[]> =>
  (await world.admin.query('select to_jsonb(j) as job from jobs j order by id')).rows;

export const dropJobs = (world: World) => world.admin.query('delete from jobs');

/** Sends the letters that wait, as the worker does. */
export async function sendLetters({ adminUrl, door, app }: World): Promise<void> {
  const worker = createWorker({ adminUrl, door, events: app.events, features: [auth] });
  await worker.drain();
  await worker.stop();
}
