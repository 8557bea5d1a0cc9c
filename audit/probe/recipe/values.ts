import { TOTP } from 'otpauth';

/** What templates may name: answers that were kept, the company's own words, and the means of who runs the probe. */
export interface Pantry {
  known: Readonly<Record<string, unknown>>;
  /** What only who runs the server can give: the secret of a letter's link. Undefined where it is not to be had. */
  means(name: string): Promise<string | undefined>;
}

/** Templates filled in, at any depth: `{enrolled.secret}`, `{totp enrolled.secret}`, `spare-{canary}`. @throws Error for what nobody knows */
export async function filled(value: unknown, pantry: Pantry): Promise<unknown> {
  if (typeof value === 'string') return text(value, pantry);
  if (Array.isArray(value)) return Promise.all(value.map((one) => filled(one, pantry)));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(async ([name, one]) => [name, await filled(one, pantry)]);
  return Object.fromEntries(await Promise.all(entries));
}

async function text(template: string, pantry: Pantry): Promise<unknown> {
  const whole = /^\{([^{}]+)\}$/.exec(template)?.[1];
  // Alone it keeps its kind: a list stays a list.
  if (whole !== undefined) return meaningOf(whole, pantry);
  let made = template;
  for (const [hole, name = ''] of template.matchAll(/\{([^{}]+)\}/g))
    made = made.replace(hole, String(await meaningOf(name, pantry)));
  return made;
}

async function meaningOf(name: string, pantry: Pantry): Promise<unknown> {
  const [, secret] = /^totp (.+)$/.exec(name) ?? [];
  if (secret !== undefined) return new TOTP({ secret: String(at(pantry.known, secret.split('.'), secret)) }).generate();
  if ((name.split('.')[0] as string) in pantry.known) return at(pantry.known, name.split('.'), name);
  const given = await pantry.means(name);
  if (given === undefined) throw new Error(`nobody here can tell {${name}}`);
  return given;
}

/** `list.items.0.id`, and `list.items.*.id` for that of each. */
function at(value: unknown, [head, ...rest]: string[], whole: string): unknown {
  if (head === undefined) return value;
  if (head === '*' && Array.isArray(value)) return value.map((one) => at(one, rest, whole));
  const inner = (value as Record<string, unknown> | null | undefined)?.[head];
  if (inner === undefined) throw new Error(`{${whole}} is not in the answer`);
  return at(inner, rest, whole);
}
