import { describe, expect, test } from 'vitest';
import { count } from './summary.mjs';

const file = (status: string, tests: number) => ({ status, assertionResults: Array.from({ length: tests }) });

describe('the last line of a test run', () => {
  test('counts passed and failed tests', () => {
    const report = { numPassedTests: 7, numFailedTests: 2, testResults: [file('failed', 3), file('passed', 6)] };
    expect(count(report, 1)).toEqual({ passed: 7, failed: 2 });
  });

  test('never says "0 failed" when a file cannot be loaded, an error escapes, a check fails or the run breaks off', () => {
    const passed = { numPassedTests: 7, numFailedTests: 0, testResults: [file('passed', 7)] };
    expect(count({ ...passed, testResults: [file('passed', 7), file('failed', 0)] }, 1)).toEqual({
      passed: 7,
      failed: 1,
    });
    expect(count(passed, 1)).toEqual({ passed: 7, failed: 1 });
    expect(count(passed, 0, 2)).toEqual({ passed: 7, failed: 2 });
    expect(count(undefined, 1)).toEqual({ passed: 0, failed: 1 });
  });
});
