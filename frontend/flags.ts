import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const manifest = createRequire(import.meta.url).resolve('country-flag-icons/package.json');
const folder = join(dirname(manifest), '3x2');
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };

/** Where the flags are served: the version is in the path, as browsers keep what lies under assets for good. */
export const FLAGS = `/assets/flags-${version}`;

/** Serves every flag under its code, so that no list of 257 addresses has to be loaded first. */
export const flags = (): Plugin => ({
  name: 'flags',
  generateBundle() {
    for (const file of readdirSync(folder).filter((name) => /^[A-Z]{2}\.svg$/.test(name)))
      this.emitFile({
        type: 'asset',
        fileName: `${FLAGS.slice(1)}/${file}`,
        source: readFileSync(join(folder, file)),
      });
  },
  configureServer({ middlewares }) {
    middlewares.use(FLAGS, (request, response) => {
      const name = /^\/([A-Z]{2}\.svg)$/.exec(request.url ?? '')?.[1];
      response.setHeader('Content-Type', 'image/svg+xml');
      response.end(name && readFileSync(join(folder, name)));
    });
  },
});
