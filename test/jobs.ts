import type { Feature } from '../server/platform/feature.ts';
import { createWorker } from '../server/platform/worker.ts';
import type { World } from './harness.ts';

/** Runs the jobs that are due, as the worker does, until nothing is left. */
export async function runJobs({ adminUrl, door, app }: World, features: readonly Feature[]): Promise<void> {
  const worker = createWorker({ adminUrl, door, events: app.events, features });
  try {
    await worker.drain();
  } finally {
    await worker.stop();
  }
}
