import { vi } from 'vitest';

const LEAST = 20_000;
const { waitFor } = vi;

// A second is enough on a quiet machine, and not on one whose two cores run everything: a test that passes waits no longer.
vi.waitFor = (callback, options = {}) => {
  const given = typeof options === 'number' ? { timeout: options } : options;
  return waitFor(callback, { ...given, timeout: Math.max(given.timeout ?? 0, LEAST) });
};
