/** Adds up, gzipped, what a browser fetches before the charts page shows, and fails above the budget. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 100;
const dist = new URL('./dist/', import.meta.url);
const html = readFileSync(new URL('index.html', dist), 'utf8');
const linked = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]);

/** Of the languages one is fetched: the largest counts. */
const spoken = [...html.matchAll(/[a-z]{2}=\/(assets\/[^" ]+\.js)/g)].map((match) => match[1]);
const sizeOf = (file) => gzipSync(readFileSync(new URL(file, dist))).length;
const largest = spoken.toSorted((one, other) => sizeOf(other) - sizeOf(one)).slice(0, 1);

const sizes = ['index.html', ...linked, ...largest].map((file) => ({ file, bytes: sizeOf(file) }));
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;

for (const { file, bytes } of sizes) console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`);
console.log(`${total.toFixed(1).padStart(7)} kB  first load, gzipped (budget ${BUDGET_KB} kB)`);
if (linked.length === 0 || spoken.length === 0 || total > BUDGET_KB) process.exit(1);
