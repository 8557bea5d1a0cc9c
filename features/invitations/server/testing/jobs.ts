import { Logger, runOnce } from 'graphile-worker';
import type { Feature } from '../../../../server/platform/feature.ts';
import { tasksOf } from '../../../../server/platform/worker.ts';
import { urlFor } from '../../../../server/tenancy/roles.ts';
import type { World } from '../../../../test/harness.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Runs the jobs that wait, as the worker does. */
export const runJobs = ({ adminUrl, door, app }: World, features: readonly Feature[]): Promise<void> =>
  runOnce({
    connectionString: urlFor('bulkhead_jobs', adminUrl),
    taskList: tasksOf({ door, events: app.events, features, log }),
    logger: new Logger(() => () => undefined),
    noHandleSignals: true,
  });

/** The token of the link in a letter. */
export const tokenIn = (text: string | undefined): string => /token=([\w-]+)/.exec(text ?? '')?.[1] ?? '';
