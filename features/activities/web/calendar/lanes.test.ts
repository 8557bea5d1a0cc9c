import { expect, test } from 'vitest';
import { laid, roomFor } from './lanes.ts';
import { daysOf, firstDayOf, step } from './span.ts';

test('puts what overlaps side by side, and what does not at full width', () => {
  const lanes = laid([
    { item: 'a', from: 540, to: 600 },
    { item: 'b', from: 570, to: 630 },
    { item: 'c', from: 600, to: 620 },
    { item: 'd', from: 700, to: 730 },
  ]);
  expect(lanes.map(({ item, lane, lanes: of }) => [item, lane, of])).toEqual([
    ['a', 0, 2],
    ['b', 1, 2],
    ['c', 0, 2],
    ['d', 0, 1],
  ]);
});

test('of more than can be read side by side, the rest is counted', () => {
  const all = laid(['a', 'b', 'c', 'd'].map((item) => ({ item, from: 540, to: 600 })));
  const { shown, rest } = roomFor([...all, ...laid([{ item: 'e', from: 700, to: 730 }])], 2);
  expect(shown.map(({ item }) => item)).toEqual(['a', 'b', 'e']);
  expect(rest).toEqual([expect.objectContaining({ from: 540, to: 600, items: ['c', 'd'] })]);
});

test('a month is shown in whole weeks from the first day that weeks have where one lives, and the next month begins on its first', () => {
  const days = daysOf('month', new Date(2026, 1, 14), 1);
  expect(days).toHaveLength(35);
  expect([days[0], days.at(-1)]).toEqual([new Date(2026, 0, 26), new Date(2026, 2, 1)]);
  expect(step('month', new Date(2026, 0, 31), 1)).toEqual(new Date(2026, 1, 1));
  expect(daysOf('week', new Date(2026, 10, 22), 1)[0]).toEqual(new Date(2026, 10, 16));
  expect(daysOf('week', new Date(2026, 10, 25), 0)[0]).toEqual(new Date(2026, 10, 22));
  expect(['en-US', 'en-GB', 'de'].map(firstDayOf)).toEqual([0, 1, 1]);
});
