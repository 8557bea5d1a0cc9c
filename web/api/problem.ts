import { saidByServer } from '../said-by-server.ts';

/** What went wrong with a request, as the server's problem document says it; status 0 means that no answer came. */
export class Problem extends Error {
  readonly type: string;
  readonly status: number;
  readonly fields: Record<string, string>;

  constructor(document: ProblemDocument, status: number) {
    super(saidByServer(document.detail ?? document.title ?? ''));
    this.type = document.type ?? 'about:blank';
    this.status = status;
    this.fields = Object.fromEntries(
      (document.errors ?? []).map(({ field, message }) => [field, saidByServer(message)]),
    );
  }

  /** Whether the problem's type ends in this name, wherever its page is served from. */
  is(name: string): boolean {
    return this.type.endsWith(`/${name}`);
  }
}

export interface ProblemDocument {
  type?: string;
  title?: string;
  detail?: string;
  errors?: { field: string; message: string }[];
}

export const unreachable = () => new Problem({ type: 'bulkhead:/unreachable' }, 0);
export const sessionChanged = () => new Problem({ type: 'bulkhead:/session-changed' }, 0);

/** A problem document out of an answer that may be anything: a proxy's HTML page, say. */
export function problemFrom(body: unknown, status: number): Problem {
  return new Problem(typeof body === 'object' && body ? (body as ProblemDocument) : {}, status);
}
