import { expect, test } from 'vitest';
import { linesOf } from './sheet-lines.ts';

const section = (id: string, at: number, count: number, isOpen = true) => ({ id, label: id, at, count, isOpen });
const sections = [section('b', 3, 2), section('shut', 5, 9, false), section('a', 0, 3)];

test('each section has its heading, then its rows if it is open, wherever the list has them', () => {
  const lines = linesOf(sections, 14);
  const shown = Array.from({ length: lines.count }, (_, line) => {
    const { section: heading, row } = lines.at(line) ?? {};
    return heading?.id ?? row;
  });
  expect(shown).toEqual(['b', 3, 4, 'shut', 'a', 0, 1, 2]);
  expect([lines.at(-1), lines.at(8)]).toEqual([undefined, undefined]);
  expect([0, 3, 14].map(lines.of)).toEqual([5, 1, undefined]);
});

test('a range of lines is told as parts of the list, without what is hidden', () => {
  const lines = linesOf(sections, 14);
  expect(lines.spans(0, 7)).toEqual([
    [3, 4],
    [0, 2],
  ]);
  expect(lines.spans(2, 5)).toEqual([
    [4, 4],
    [0, 0],
  ]);
  expect(lines.spans(3, 4)).toEqual([]);
});

test('without sections a line is a row', () => {
  const lines = linesOf(undefined, 5);
  expect([lines.count, lines.at(4), lines.at(5), lines.spans(2, 9)]).toEqual([5, { row: 4 }, undefined, [[2, 4]]]);
  expect(linesOf(undefined, 0).spans(0, 0)).toEqual([]);
});
