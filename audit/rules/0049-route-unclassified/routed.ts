import type { FastifyInstance } from 'fastify';

/** Every route as the router has it, `GET /api/contacts`: what is served, however it was registered. */
export function routedBy(app: FastifyInstance): string[] {
  const parts: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods] = /^([\s│]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
      if (part === '') return [];
      const depth = indent.length / 4;
      parts.length = depth;
      parts[depth] = part;
      // The router tells the root's wildcard without its slash.
      const url = parts.join('').replace(/^\*/, '/*');
      return methods === undefined ? [] : methods.split(', ').map((method) => `${method} ${url}`);
    });
}
