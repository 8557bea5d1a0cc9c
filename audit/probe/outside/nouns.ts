import type { Endpoint } from '../endpoints.ts';

const SELF = /^(me|self|whoami|current|profile)$/;

const isParameter = (segment: string) => segment.startsWith('{');

/** What a path is about: its last segment that is no parameter, as a table would be named. */
export function nounOf(path: string): string {
  const words = path.split('/').filter((segment) => segment !== '' && !isParameter(segment));
  const last = words.at(-1) ?? '';
  return SELF.test(last) ? 'users' : plain(last);
}

/** All that a path goes by: `/contacts/{id}/notes` goes by contacts and notes. */
export const nounsOf = (path: string): string[] =>
  path
    .split('/')
    .filter((segment) => segment !== '' && !isParameter(segment))
    .map(plain);

export const plain = (word: string) => word.toLowerCase().replaceAll('-', '_');

export const pluralOf = (noun: string) =>
  /(s|x|ch)$/.test(noun) ? `${noun}es` : /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;

/** Last words of paths that do something to rows instead of making one. */
const VERB =
  /^(bulk|bulk_\w+|import|upload\w*|merge|restore|complete|move|search|query|login|logout|sign_?\w+|register|refresh|verify|confirm|accept|send|resend|preview|start|cancel|undo|act|suspend|order|reorder\w*|retry|mark_\w+|copy|clone|convert|check\w*|graphql|rpc|mcp|password|reset\w*|enrol|disable)$/;

/** Endpoints that make a row: a POST to a list, where nothing says that it does anything else. */
export function makers(endpoints: readonly Endpoint[]): Map<string, Endpoint> {
  const found = new Map<string, Endpoint>();
  const posts = endpoints.filter(({ method, scope }) => method === 'POST' && scope !== 'public' && scope !== 'webhook');
  const candidates = posts.filter(({ path, upload }) => !upload && !path.endsWith('}') && !VERB.test(nounOf(path)));
  const depth = ({ path }: Endpoint) => path.split('{').length;
  for (const endpoint of candidates.sort((a, b) => depth(a) - depth(b))) {
    const { path } = endpoint;
    const isList = endpoints.some((other) => other.path === path && other.method === 'GET');
    const hasItems = endpoints.some((other) => other.path.startsWith(`${path}/{`));
    const noun = nounOf(path);
    if ((isList || hasItems || /s$/.test(noun)) && !found.has(noun)) found.set(noun, endpoint);
  }
  return found;
}

/** Endpoints after which the login that the probe was lent may be worth nothing. */
export const endsLogin = ({ method, path }: Endpoint): boolean =>
  method !== 'GET' &&
  (/log-?out|sign-?out|password|totp|two-?(step|factor)|mfa|2fa|deactivat|close-?account/i.test(path) ||
    (method === 'DELETE' && /\/(me|self|account|sessions?|tokens?|acting)$/i.test(path)) ||
    (method === 'DELETE' &&
      /\/(sessions|users|members|companies|organizations|tenants|accounts)\/\{[^}]+\}$/i.test(path)) ||
    /\/me\/email$|\/users\/\{[^}]+\}\/(hand-over|suspend)$/i.test(path));
