import { expect, test } from 'vitest';
import type { BoardAnswer, Deal, Stage } from './deal.ts';
import { moved } from './move.ts';

const stages = [
  { id: 'talk', probability: 10 },
  { id: 'offer', probability: 50 },
] as Stage[];
const deal = { id: 'd1', stage_id: 'talk', value: '100.10', currency: 'USD' } as Deal;
const board = {
  currency: 'USD',
  stages: [
    { stage_id: 'talk', count: 7, total_value: '300.30', weighted_value: '30.03', items: [deal], next_cursor: 'more' },
    { stage_id: 'offer', count: 0, total_value: '0', weighted_value: '0', items: [], next_cursor: null },
  ],
} as BoardAnswer;

test('moves the card with its value and its weight, and keeps what is not loaded', () => {
  const after = moved(board, deal, stages[1] as Stage, stages);
  expect(after.stages[0]).toMatchObject({
    count: 6,
    total_value: '200.20',
    weighted_value: '20.02',
    next_cursor: 'more',
  });
  expect(after.stages[1]).toMatchObject({ count: 1, total_value: '100.10', weighted_value: '50.05' });
  expect(after.stages[1]?.items[0]).toMatchObject({ ...deal, stage_id: 'offer', status: 'open', probability: 50 });
});

test('leaves the board it was given as it was, to go back to', () => {
  const before = structuredClone(board);
  moved(board, deal, stages[1] as Stage, stages);
  expect(board).toEqual(before);
});

test('leaves the sums as they are when the deal is in another currency than they are', () => {
  const after = moved(board, { ...deal, currency: 'EUR' }, stages[1] as Stage, stages);
  expect(after.stages[1]).toMatchObject({ count: 1, total_value: '0' });
});
