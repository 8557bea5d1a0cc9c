import type { Watch } from '../http.ts';

/** The probe touched, or was about to touch, what belongs to neither of its two companies. */
export class Stopped extends Error {}

const COUNTS = ['deleted', 'updated', 'affected', 'changed', 'modified', 'count', 'removed'];

/**
 * Looks at every answer to a change. It stops the run where a row was changed that neither company has, or more rows
 * than both have together: whatever the server's fault is, the probe must not make it worse.
 */
export const watchFor =
  (mine: ReadonlySet<string>): Watch =>
  ({ method, url, payload }, { status, body }) => {
    if (!/^(PATCH|DELETE)$/.test(method) || status >= 300 || body === null || typeof body !== 'object') return;
    const sent = `${decodeURI(safe(url))} ${JSON.stringify(payload ?? '')}`;
    for (const row of (Array.isArray(body) ? body : [body]) as Record<string, unknown>[]) {
      const id = row?.id;
      if ((typeof id === 'string' || typeof id === 'number') && !mine.has(String(id)) && !sent.includes(String(id)))
        throw new Stopped(
          `${method} ${url.slice(0, 200)} changed ${String(id)}, which is neither company's. Nothing more was sent.`,
        );
    }
    for (const name of COUNTS) {
      const count = (body as Record<string, unknown>)[name];
      if (typeof count === 'number' && count > mine.size)
        throw new Stopped(
          `${method} ${url.slice(0, 200)} says that it ${name} ${count} rows, more than both companies have. Nothing more was sent.`,
        );
    }
  };

const safe = (url: string) => url.replace(/%(?![0-9a-f]{2})/gi, '%25').replace(/%[89a-f][0-9a-f]/gi, '?');
