/** How somebody is logged in: the headers, and the token in them, which attacks cut and forge. */
export interface Login {
  token: string;
  /** The headers that carry a token. */
  headers(token: string): Record<string, string>;
}

const bearer = (token: string): Login => ({ token, headers: (text) => ({ authorization: `Bearer ${text}` }) });

/**
 * Reads a login as a person writes it: a bare token, `bearer:TOKEN`, `cookie:NAME=VALUE` or `header:NAME=VALUE`.
 * Throws where it is none of these.
 */
export function readLogin(text: string): Login {
  const [, kind = '', rest = ''] = /^(bearer|cookie|header):(.*)$/is.exec(text) ?? [undefined, 'bearer', text];
  if (kind.toLowerCase() === 'bearer') {
    if (!/^\S+$/.test(rest))
      throw new Error('A login is a token, or bearer:TOKEN, cookie:NAME=VALUE, header:NAME=VALUE.');
    return bearer(rest);
  }
  const [, name, value] = /^([^=\s]+)=(.+)$/s.exec(rest) ?? [];
  if (name === undefined || value === undefined) throw new Error(`A login by ${kind} is written ${kind}:NAME=VALUE.`);
  return kind.toLowerCase() === 'cookie'
    ? { token: value, headers: (token) => ({ cookie: `${name}=${encodeURIComponent(token).replaceAll('%3D', '=')}` }) }
    : { token: value, headers: (token) => ({ [name.toLowerCase()]: token }) };
}
