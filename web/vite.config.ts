import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { earlyScript } from './early-script.ts';
import { partTexts } from './part-texts.ts';

const server = process.env.BULKHEAD_URL ?? 'http://localhost:8000';

/** `deals.en` for the English texts of deals, of which each is a file. */
const textsNamed = (module: string | null) =>
  module?.replace(/^.*\/features\/([^/]+)\/web\/locales\/(\w+)\.json$/, '$1.$2').match(/^[\w-]+\.\w\w$/)?.[0];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [partTexts(), react(), earlyScript(resolve(import.meta.dirname, 'scheme.js'))],
  build: {
    outDir: resolve(import.meta.dirname, '../dist/web'),
    emptyOutDir: true,
    // The content security policy allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What every page needs is one file: many small ones compress badly, and each is a request.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] },
        chunkFileNames: (chunk) => `assets/${textsNamed(chunk.facadeModuleId) ?? '[name]'}-[hash].js`,
      },
    },
  },
  server: { proxy: { '/api': { target: server, ws: true }, '/readyz': server } },
});
