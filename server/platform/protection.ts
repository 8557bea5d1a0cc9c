import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

// An answer of the API is data: nothing in it may be run, framed, guessed at, or kept by a cache for somebody else.
const API_HEADERS = {
  'cache-control': 'no-store',
  vary: 'authorization',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** Headers that keep a page to itself, and caches from keeping one company's answer for another. */
export async function addProtection(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    global: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // The design kit sets positions and colours as style attributes; style elements and scripts stay strict.
        styleSrc: ["'self'"],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: false,
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/api/')) {
      reply.headers(API_HEADERS);
      done();
    } else {
      reply.helmet();
      done();
    }
  });
}
