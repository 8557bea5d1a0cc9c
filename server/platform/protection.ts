import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';

// An answer of the API is data: nothing in it may be run, framed, guessed at, or kept by a cache for somebody else.
const API_HEADERS = {
  'cache-control': 'no-store',
  vary: 'authorization',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/**
 * The headers that Helmet gives a page. They are the same for every page, so it is asked once: as a plugin of the app it
 * would make every request wait, those of the API too.
 */
async function pageHeaders(): Promise<Record<string, string>> {
  const asked = Fastify();
  await asked.register(helmet, {
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
  asked.get('/', (_request, reply) => reply.code(204).send());
  const { date, connection, ...headers } = (await asked.inject('/')).headers;
  await asked.close();
  return headers as Record<string, string>;
}

/** Headers that keep a page to itself, and caches from keeping one company's answer for another. */
export async function addProtection(app: FastifyInstance): Promise<void> {
  const ofPages = await pageHeaders();
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.url.startsWith('/api/') ? API_HEADERS : ofPages);
    done();
  });
}
