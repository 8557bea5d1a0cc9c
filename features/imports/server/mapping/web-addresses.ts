import { type Outcome, tooLong } from './outcome.ts';

const urlChars = 255;

const invalid = (text: string, example: string) => ({
  code: 'invalid_url' as const,
  message: `“${text.slice(0, 100)}” is not a web address. It should look like ${example}.`,
});

function parseWeb(text: string): URL | undefined {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
    const web = url.protocol === 'https:' || url.protocol === 'http:';
    // Names with a password in them are how links pretend to lead elsewhere.
    return web && url.hostname.includes('.') && !url.username && !/\s/.test(text) ? url : undefined;
  } catch {
    return undefined;
  }
}

export function readWebsite(text: string): Outcome<string> {
  const url = parseWeb(text.split(/ ::: |[;,]\s+/)[0]!);
  if (!url) return invalid(text, 'https://company.com');
  const value = url.pathname === '/' && !url.search && !url.hash ? url.origin : url.href;
  return value.length > urlChars ? tooLong(value.length, urlChars) : { value };
}

export function readLinkedin(text: string): Outcome<string> {
  const example = 'https://www.linkedin.com/in/name';
  const url = parseWeb(/^\/?(in|pub)\//i.test(text) ? `www.linkedin.com/${text.replace(/^\//, '')}` : text);
  if (!url || !/(^|\.)linkedin\.com$/.test(url.hostname)) return invalid(text, example);
  const value = `https://${url.hostname}${url.pathname.replace(/\/$/, '')}`;
  return value.length > urlChars ? tooLong(value.length, urlChars) : { value };
}

export function readTwitterHandle(text: string): Outcome<string> {
  const handle = text
    .replace(/^(https?:\/\/)?(www\.|mobile\.)?(twitter|x)\.com\//i, '')
    .replace(/^@/, '')
    .replace(/[/?].*$/, '');
  return /^\w{1,50}$/.test(handle) ? { value: handle } : invalid(text, '@name');
}
