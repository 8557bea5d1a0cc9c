import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { earlyScript } from './early-script.ts';

const server = process.env.BULKHEAD_URL ?? 'http://localhost:8000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), earlyScript(resolve(import.meta.dirname, 'scheme.js'))],
  build: {
    outDir: resolve(import.meta.dirname, '../dist/web'),
    emptyOutDir: true,
    // The content security policy allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What every page needs is one file: many small ones compress badly, and each is a request.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] } } },
  },
  server: { proxy: { '/api': { target: server, ws: true }, '/readyz': server } },
});
