import type { Item } from '../../../web/api/client.ts';

export type Tag = Item<'/api/tags'>;

/** Told apart on white and on black; any other colour that the API was given is shown too. */
export const colors = [
  ['#b3392f', 'red'],
  ['#c2691b', 'orange'],
  ['#9a7d0a', 'yellow'],
  ['#3f8f3a', 'green'],
  ['#1f7a8c', 'teal'],
  ['#2f6fc0', 'blue'],
  ['#6b57c2', 'violet'],
  ['#b04a8c', 'pink'],
  ['#6b7280', 'grey'],
] as const;

export const uses = (tag: Tag) => tag.contact_count + tag.deal_count;
