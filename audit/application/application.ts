import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../server/app.ts';
import { discoverFeatures } from '../../server/discover.ts';
import { readConfig } from '../../server/platform/config.ts';
import { dataFolder } from '../../server/platform/data-folder.ts';
import { type Events, localEvents } from '../../server/platform/events.ts';
import type { Feature } from '../../server/platform/feature.ts';
import { importEach } from '../../server/platform/import-each.ts';
import { runJob } from '../../server/platform/job-run.ts';
import type { RegisteredRoute } from '../../server/platform/scopes.ts';
import { declaredTables, type Ownership } from '../../server/tenancy/ownership.ts';
import { q } from '../../server/tenancy/query.ts';
import { type KillRate, lastKillRate } from '../mutation/kill-rate.ts';
import type { Rule } from '../rule.ts';
import { type Attacks, lastAttacks } from './attacks.ts';
import { type Heard, type Listening, listeningDoor } from './listening-door.ts';
import { type Sources, sourcesOf } from './sources.ts';

type RuleName = Pick<Rule, 'number' | 'name'>;

/** What the rules about models, routes, jobs, files, cache and realtime look at: the app as it is, but for its database. */
export interface Application {
  readonly app: FastifyInstance;
  readonly features: readonly Feature[];
  readonly routes: readonly RegisteredRoute[];
  /** Builds the app's queries. */
  readonly query: typeof q;
  readonly tables: ReadonlyMap<string, Ownership>;
  readonly runJob: typeof runJob;
  readonly events: Events;
  /** What stands in for the database, and what was asked of it. */
  readonly listening: Listening;
  /** Forgets what was heard, does the work, and tells what was heard meanwhile. */
  hear(work: () => Promise<unknown>): Promise<Heard>;
  /** The code; undefined where only the bundle is installed. */
  readonly sources: Sources | undefined;
  /** What the last attack on the routes came to; undefined where none was recorded. */
  readonly attacks: Attacks | undefined;
  /** What the last mutation test came to; undefined where none was recorded. */
  readonly killRate: KillRate | undefined;
  /** The rules that there are. */
  readonly rules: readonly RuleName[];
  /** Where the installation keeps its files. */
  readonly dataFolder: string;
  close(): Promise<void>;
}

export type Differences = Partial<
  Pick<
    Application,
    'features' | 'query' | 'tables' | 'runJob' | 'sources' | 'attacks' | 'killRate' | 'rules' | 'dataFolder'
  >
>;

/**
 * Builds Bulkhead's own app over a door behind which there is nothing, so that every route can be knocked at without a row
 * being read or written. `differences` are for the tests of the rules: a feature that leaks, a file that was changed.
 */
export async function openApplication(differences: Differences = {}): Promise<Application> {
  const { features = await discoverFeatures() } = differences;
  const listening = listeningDoor();
  const events = localEvents();
  events.subscribe((message) => {
    if (message !== undefined) listening.heard.published.push(message);
  });
  const config = { ...readConfig(), rateLimit: { address: 0, user: 0, company: 0 } };
  const app = await buildApp({ config, door: listening.door, events, features });
  await app.ready();
  return {
    app,
    features,
    routes: app.routeTable,
    query: q,
    tables: declaredTables(),
    runJob,
    events,
    listening,
    hear: async (work) => {
      listening.forget();
      await work();
      return structuredClone(listening.heard);
    },
    sources: sourcesOf(),
    attacks: lastAttacks(),
    killRate: lastKillRate(),
    rules: await importEach<RuleName>('audit/rules', (name) => join(name, 'rule.ts')),
    dataFolder: dataFolder(),
    ...differences,
    close: () => app.close(),
  };
}
