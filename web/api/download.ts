import { problemFrom } from './problem.ts';

interface Result {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** Saves a file of the API, asked for with `parseAs: 'blob'`: a plain link would not send the token. */
export async function download(call: Promise<Result>, fallback: string): Promise<void> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemFrom(error, response.status);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(data as Blob);
  link.download = nameOf(response) ?? fallback;
  link.click();
  // The browser reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const nameOf = ({ headers }: Response) => /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '')?.[1];
