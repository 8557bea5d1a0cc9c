import { defineConfig } from 'vitest/config';
import { partTexts } from './web/part-texts.ts';

export default defineConfig({
  plugins: [partTexts()],
  test: {
    exclude: ['**/node_modules/**', 'dist/**', '.data/**'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/patience.ts'],
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
