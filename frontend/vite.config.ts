import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { FLAGS, flags } from './flags';
import { languages } from './languages';

const api = `http://127.0.0.1:${process.env.API_PORT ?? '8000'}`;
/** `/songs/s2_…` is a page, what lies below it the api's. */
const apiPaths = [
  '/charts',
  '^/songs/[^/]+/',
  '/regions',
  '/windows',
  '/search',
  '/status',
  '/reconciliation',
  '/docs',
  '/openapi.json',
  '/lineage',
];

export default defineConfig({
  plugins: [react(), tailwindcss(), flags(), languages()],
  define: {
    'import.meta.env.VITE_FLAGS': JSON.stringify(FLAGS),
    'import.meta.env.VITE_PREFECT_PORT': JSON.stringify(process.env.PREFECT_PORT ?? '4200'),
  },
  server: { proxy: Object.fromEntries(apiPaths.map((path) => [path, api])) },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://localhost:8000/' } },
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
    env: { TZ: 'Europe/Oslo' },
  },
});
