import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { notFound } from './problems.ts';
import { projectRoot } from './project-root.ts';

/**
 * The built web app, compressed when it is built. Its files carry a hash in their name and are kept for good; the page itself is asked for each time.
 */
export async function addPages(app: FastifyInstance, folder = join(projectRoot, 'dist/web')): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true });
  const route = { config: { scope: 'public' }, schema: { hide: true } } as const;
  app.get('/assets/*', route, (request, reply) =>
    reply.sendFile(`assets/${(request.params as { '*': string })['*']}`, { maxAge: '365d', immutable: true }),
  );
  // Every other address is a page of the web app, which finds its way by itself.
  app.get('/*', route, (request, reply) => {
    if (request.url.startsWith('/api/')) throw notFound();
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false });
  });
}
