import { afterEach, describe, expect, test } from 'vitest';
import { instant, ownZone, readerZone, setZone, utcOffset, wall } from './clock.ts';

afterEach(() => setZone(null));

const fields = (date: Date) => [
  date.getFullYear(),
  date.getMonth() + 1,
  date.getDate(),
  date.getHours(),
  date.getMinutes(),
];

describe('the reader’s clock', () => {
  test('is the browser’s unless they chose another', () => {
    expect(wall('2026-03-01T12:34:56.789Z')).toEqual(new Date('2026-03-01T12:34:56.789Z'));
    setZone(ownZone());
    expect(readerZone()).toBeUndefined();
    setZone('Mars/Olympus');
    expect(readerZone()).toBeUndefined();
  });

  test.each([
    ['Pacific/Auckland', '2026-07-01T12:30:00.000Z', [2026, 7, 2, 0, 30]],
    ['America/New_York', '2026-01-01T02:00:00.000Z', [2025, 12, 31, 21, 0]],
    ['Asia/Kathmandu', '2026-01-01T00:00:00.000Z', [2026, 1, 1, 5, 45]],
    // A minute before and after the clocks change.
    ['America/New_York', '2026-03-08T06:59:00.000Z', [2026, 3, 8, 1, 59]],
    ['America/New_York', '2026-03-08T07:01:00.000Z', [2026, 3, 8, 3, 1]],
  ])('shows in %s what is shown there at %s, and back', (zone, at, shown) => {
    setZone(zone);
    expect(fields(wall(at))).toEqual(shown);
    expect(instant(wall(at))).toBe(at);
  });

  test('knows when their day ends', () => {
    setZone('Asia/Tokyo');
    const tonight = wall('2026-05-05T16:00:00Z');
    tonight.setHours(23, 59, 59, 999);
    expect(instant(tonight)).toBe('2026-05-06T14:59:59.999Z');
    expect(utcOffset()).toBe(540);
  });
});
