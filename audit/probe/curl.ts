import type { Request } from './client.ts';

const SECRET = /password|secret|token|api_?key|code/i;

/** The request as a line for the shell. `URL` and `LOGIN_B` are variables there: no login and no secret is written down. */
export function curlOf({ method, url, headers = {}, payload }: Request, secrets: readonly string[]): string {
  const kept = Object.entries(headers).filter(([name]) => !/^(authorization|cookie|content-length)$/i.test(name));
  const content = payload === undefined ? undefined : written(payload);
  const line = [
    `curl -X ${method} "$URL"${quoted(url)}`,
    '-H "$LOGIN_B"',
    ...kept.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(content === undefined ? [] : [`-H 'content-type: application/json'`, `-d ${quoted(content)}`]),
  ].join(' ');
  return secrets
    .filter((secret) => secret.length >= 8)
    .reduce((text, secret) => text.replaceAll(secret, '$SECRET'), line);
}

function written(payload: object | string): string {
  if (Buffer.isBuffer(payload)) return '(a form with a file)';
  if (typeof payload === 'string') return payload;
  return JSON.stringify(payload, (name, value) =>
    SECRET.test(name) && typeof value === 'string' ? '(secret)' : value,
  );
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
