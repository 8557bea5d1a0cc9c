import { createHash } from 'node:crypto';
import type { Endpoint } from '../endpoints.ts';
import type { Evidence, Side } from '../target.ts';
import type { Acquaintance } from './acquaintance.ts';
import { harvest } from './harvest.ts';
import { type makers, nounOf, nounsOf } from './nouns.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');

/** Times and counters of requests are no rows. */
const still = (text: string) =>
  text.replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?/g, '(time)').replace(/\b1[5-9]\d{8,11}\b/g, '(time)');

/** What moves whenever somebody asks, and is nobody's loss. */
const JOURNAL = /log|audit|session|event|activit|notification|login|usage|quota|health|status|metric|me$/i;

/** What became of a company's rows, as the API tells that company itself. */
export function askedEvidence(
  endpoints: readonly Endpoint[],
  made: ReturnType<typeof makers>,
  whose: (side: Side) => Acquaintance,
): Evidence {
  const unsteady = new Set<string>();
  const seenTwice = new Set<string>();

  async function read(
    side: Side,
    near: Endpoint | undefined,
    journals = false,
  ): Promise<Map<string, { noun: string; text: string; body: unknown }>> {
    const words = near && new Set(relevant(near));
    const answers = new Map<string, { noun: string; text: string; body: unknown }>();
    for (const endpoint of endpoints) {
      if (endpoint.method !== 'GET' || (JOURNAL.test(endpoint.path) && !journals)) continue;
      if (words !== undefined && !nounsOf(endpoint.path).some((noun) => words.has(noun))) continue;
      for (const rows of [side.company.rows, side.company.others]) {
        const url = whose(side).pathOf(endpoint, rows);
        if (url === undefined || answers.has(url) || unsteady.has(endpoint.path)) continue;
        const ask = async () => {
          const { status, text, body } = await side.person.call({ method: 'GET', url });
          return { noun: nounOf(endpoint.path), text: `${status} ${still(text)}`, body };
        };
        const answer = await ask();
        if (!seenTwice.has(endpoint.path)) {
          seenTwice.add(endpoint.path);
          if ((await ask()).text !== answer.text) {
            unsteady.add(endpoint.path);
            continue;
          }
        }
        answers.set(url, answer);
      }
    }
    return answers;
  }

  return {
    partial: true,
    async hashes(side, near) {
      return new Map([...(await read(side, near))].map(([url, { text }]) => [`GET ${url}`, hashOf(text)]));
    },
    async rows(side, near) {
      const rows = new Map<string, string>();
      for (const { noun, body } of (await read(side, near)).values())
        for (const found of harvest(body, noun))
          if (Object.keys(found.row).length > 1)
            rows.set(`${found.noun} ${found.row.id}`, hashOf(still(JSON.stringify(found.row))));
      return rows;
    },
    async grow(side) {
      for (const endpoint of made.values()) await whose(side).make(endpoint, side.company.rows);
    },
    async strays(side, mark) {
      const answers = await read(side, undefined, true);
      return [...answers].filter(([, { text }]) => text.includes(mark)).map(([url]) => url);
    },
  };
}

/** The kinds of rows that an endpoint may touch: those of its path, and those that its body names. */
function relevant({ path, body }: Endpoint): string[] {
  const named = Object.keys(body?.properties ?? {}).flatMap((name) => {
    const noun = /^(\w+?)(?:_ids?|Ids?)$/.exec(name)?.[1];
    return noun === undefined ? [] : [noun, `${noun}s`];
  });
  return [...nounsOf(path).filter((word) => !/^(api|v\d+|rest|admin|internal)$/.test(word)), ...named];
}
