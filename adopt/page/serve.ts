import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { many } from '../../audit/report/texts.ts';
import { resolveEach, restore } from '../resolve.ts';
import { decisionsIn } from './decisions.ts';
import { STYLE } from './style.ts';
import { type Notice, pastView, queryOf, refusedView, waitingView } from './view.ts';
import { Visitor } from './visitor.ts';
import { type Filter, pastDecisions, waitingRows } from './waiting.ts';

export interface Page {
  /** Opens once, in one browser. */
  address: string;
  /** Resolves when the page was closed, or nobody looked at it for long. */
  closed: Promise<void>;
  close(): Promise<void>;
}

const IDLE = 60 * 60_000;

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Without any, browsers send no origin with a form, by which we know that it is ours.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** Serves the quarantine of an adoption to one browser on this machine. */
export async function servePage(url: string, { port = 0, idle = IDLE } = {}): Promise<Page> {
  // The first look says whether there is anything to show, before an address is told.
  await waitingRows(url);
  const app = Fastify({ bodyLimit: 256 * 1024, forceCloseConnections: true });
  let visitor: Visitor | undefined;
  let notice: Notice | undefined;
  const taken = () => {
    const said = notice;
    notice = undefined;
    return said;
  };
  let close = () => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  }).then(() => app.close());
  const timer = setTimeout(close, idle);
  app.addHook('onClose', async () => clearTimeout(timer));
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, new URLSearchParams(body as string)),
  );
  app.addHook('onRequest', async (request, reply) => {
    timer.refresh();
    const { host, origin, cookie, 'sec-fetch-site': site } = request.headers;
    reply.headers(HEADERS).type('text/html; charset=utf-8');
    const knock = { host, origin, site: site as string | undefined, cookie, writes: request.method === 'POST' };
    const why = visitor?.refusal(knock, new URL(request.url, 'http://page').pathname);
    if (why !== undefined) return reply.code(403).send(refusedView(why));
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, _, reply) =>
    reply.code(error.statusCode ?? 500).send(refusedView(error.message)),
  );
  addRoutes(app);
  await app.listen({ host: '127.0.0.1', port });
  const guard = new Visitor((app.server.address() as AddressInfo).port);
  visitor = guard;
  return {
    address: guard.address,
    closed,
    close: async () => {
      close();
      await closed;
    },
  };

  function addRoutes(app: FastifyInstance): void {
    const path = () => visitor?.path ?? '';
    app.get<{ Params: { ticket: string } }>('/open/:ticket', async ({ params }, reply) => {
      const cookie = visitor?.admit(params.ticket);
      if (cookie === undefined) return reply.code(403).send(refusedView('This address was opened before.'));
      return reply.header('set-cookie', cookie).redirect(`${path()}/`, 303);
    });
    // Behind a first part of the path that only the visitor knows.
    app.get('/:visitor/style.css', async (_, reply) => reply.type('text/css').send(STYLE));
    app.get<{ Querystring: Filter }>('/:visitor/', async ({ query }, reply) => {
      const filter = { table: query.table, reason: query.reason };
      const found = await waitingRows(url, filter);
      // The last of its kind was decided: on with the others.
      const through = found.rows.length === 0 && found.waiting > 0 && queryOf(filter) !== '';
      return through ? reply.redirect(`${path()}/`, 303) : waitingView(path(), found, filter, taken());
    });
    app.get('/:visitor/decided', async () => pastView(path(), await pastDecisions(url), taken()));
    app.post<{ Body: URLSearchParams }>('/:visitor/decide', async ({ body }, reply) => {
      notice = await decided(body);
      const back = new URLSearchParams(body.get('back') ?? '');
      const filter = { table: back.get('table') ?? undefined, reason: back.get('reason') ?? undefined };
      return reply.redirect(`${path()}/${queryOf(filter)}`, 303);
    });
    app.post<{ Body: URLSearchParams }>('/:visitor/restore', async ({ body }, reply) => {
      notice = await restore(url, Number(body.get('row'))).then(
        () => ({ done: ['The row is back.'], refused: [] }),
        ({ message }: Error) => ({ done: [], refused: [`The row cannot come back: ${message}`] }),
      );
      return reply.redirect(`${path()}/decided`, 303);
    });
  }

  async function decided(form: URLSearchParams): Promise<Notice> {
    try {
      const decisions = decisionsIn(form);
      const refused = await resolveEach(url, decisions);
      const done = decisions.length - refused.length;
      return {
        done: done > 0 ? [`${many(done, 'row')} ${done === 1 ? 'is' : 'are'} decided.`] : [],
        refused: refused.slice(0, 10).map(({ id, error }) => `Row ${id}: ${error.message}`),
      };
    } catch (error) {
      return { done: [], refused: [(error as Error).message] };
    }
  }
}
