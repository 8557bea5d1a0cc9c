import { looksLikeEmail } from './column-content.ts';
import { type Outcome, tooLong } from './outcome.ts';

const emailChars = 255;

/** Takes the first of several addresses, and the address out of `Ann Lee <ann@example.com>` or `mailto:ann@example.com`. */
export function readEmail(text: string): Outcome<string> {
  // Looking behind keeps a run of separators from being tried from each of its places.
  const parts = text.split(/ ::: |(?<![;,\s])[;,\s]+(?=[^\s@<>]*@)|[;,]\s*$/).filter(Boolean);
  const address = (/<([^<>]+)>/.exec(text)?.[1] ?? parts[0] ?? text)
    .replace(/^mailto:/i, '')
    .replace(/[;,.\s]+$/, '')
    .trim()
    .toLowerCase();
  if (address.length > emailChars) return tooLong(address.length, emailChars);
  const [local = '', domain = ''] = address.split('@');
  const sound =
    looksLikeEmail(address) && local.length <= 64 && !/^\.|\.\.|\.$/.test(local) && /^[\p{L}\p{N}.-]+$/u.test(domain);
  return sound && !/^[.-]|\.\.|[.-]$|[<>()",:;\\[\]]/.test(domain) && !/[<>(),:;\\[\]"]/.test(local)
    ? { value: address }
    : {
        code: 'invalid_email',
        message: `“${text.slice(0, 100)}” is not an e-mail address. It should look like name@company.com.`,
      };
}
