import { tameJson } from './tame.ts';

/** Markup, as against text. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

type Part = Html | string | number | readonly Part[];

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const write = (part: Part): string =>
  part instanceof Html
    ? part.markup
    : typeof part === 'object'
      ? part.map(write).join('')
      : String(part).replace(/[&<>"']/g, (mark) => MARKS[mark] as string);

/** Markup whose holes are text, however it looks, unless they are markup themselves. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.map((text, index) => text + (index < parts.length ? write(parts[index] as Part) : '')).join(''));

/** Markup of our own. */
export const raw = (markup: string): Html => new Html(markup);

/** JSON that no text within it can lead out of its script element. */
export const scriptJson = (value: unknown): Html => new Html(tameJson(value).replaceAll('<', '\\u003c'));
