import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../server/platform/project-root.ts';
import { endpointsIn, type OpenApi } from '../openapi.ts';
import { type ProbeOptions, probe } from '../probe.ts';
import { type Recipe, readRecipe } from '../recipe/recipe.ts';
import type { ProbeResult } from '../result.ts';
import { openCanaries } from './canaries.ts';
import { serveBeside } from './serve.ts';

const FILE = 'audit/probe/recipe/bulkhead.yaml';

/** How requests to Bulkhead succeed, where its document does not tell. */
export const ownRecipe = (): Recipe => readRecipe(readFileSync(join(projectRoot, FILE), 'utf8'), FILE);

export interface OwnRun extends ProbeOptions {
  /** The running server, by its address and its document; else the same code beside it. */
  at?: { base: URL; document: OpenApi; rate: number } | undefined;
  /** Requests a second to the code beside it; 0, unless told: as many as go. */
  rate?: number;
  /** Whether nobody else's data is there. */
  alone?: boolean;
  timed?: boolean;
}

/**
 * Attacks this installation with two companies that it makes for it, and deletes afterwards.
 * @param adminUrl of its database
 */
export async function probeOwn(
  adminUrl: string,
  { at, rate = 0, alone = false, timed = false, ...options }: OwnRun = {},
): Promise<ProbeResult> {
  const beside = at === undefined ? await serveBeside(adminUrl) : undefined;
  try {
    const canaries = await openCanaries(adminUrl, beside?.metricsToken ?? process.env.BULKHEAD_METRICS_TOKEN);
    try {
      const { a, b, leaver, means, witness } = canaries;
      const server = at ?? { base: beside?.base as URL, document: beside?.document as OpenApi, rate };
      const endpoints = beside?.endpoints ?? endpointsIn(server.document, server.base.pathname.replace(/\/$/, ''));
      return await probe(
        { ...server, endpoints, a, b, leaver, means, witness, recipe: ownRecipe(), alone, timed },
        options,
      );
    } finally {
      await canaries.remove();
    }
  } finally {
    await beside?.close();
  }
}
