/*
 * Keeps the shell and the last good charts for when the network is away. Data and pages always come from the
 * network first; what is kept says so in X-Kept and how old it is in Age, and the page shows both.
 */
const CODE = 'code-1';
const ANSWERS = 'answers-1';
const MOST = 200;
const SAVED_AT = 'X-Saved-At';
const SHELL = '/';
const page = /^\/(songs\/s\d_[0-9a-f]+|compare|world|archive|find|about|pipeline|rules)?$/;
const data = /^\/(charts\/(hourly|daily)|regions)$/;
const file = /^\/(assets\/|first\.js$)/;
const isKept = ({ origin, pathname }) =>
  origin === self.location.origin && (data.test(pathname) || file.test(pathname));

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  const drop = async () => {
    for (const name of await caches.keys()) if (name !== CODE && name !== ANSWERS) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(drop());
});

/* The first visit is over before this runs: the page says what it has loaded. */
self.addEventListener('message', ({ data: loaded }) => {
  for (const address of [SHELL, ...loaded.filter((one) => isKept(new URL(one)))])
    void answer(new Request(address)).catch(() => undefined);
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  const isPage = event.request.mode === 'navigate' && page.test(url.pathname);
  if (event.request.method === 'GET' && (isPage || isKept(url))) event.respondWith(answer(event.request));
});

function answer(request) {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith('/assets/')) return keptElseNetwork(request);
  return networkElseKept(request, page.test(pathname) ? SHELL : request.url);
}

/* A file under assets never changes: its name tells its content. */
async function keptElseNetwork(request) {
  const kept = await find(request.url);
  return kept ?? networkElseKept(request, request.url);
}

async function networkElseKept(request, key) {
  try {
    const response = await fetch(request);
    if (response.ok) await keep(key, response.clone());
    return response;
  } catch (error) {
    const kept = await find(key);
    if (kept === undefined) throw error;
    return aged(kept);
  }
}

/* Apart, so that answers never push the code out. */
const open = (key) => {
  const { pathname } = new URL(key, self.location.origin);
  return caches.open(data.test(pathname) ? ANSWERS : CODE);
};
const find = async (key) => (await open(key)).match(key);

async function keep(key, response) {
  const headers = new Headers(response.headers);
  headers.set(SAVED_AT, String(Date.now()));
  const cache = await open(key);
  await cache.delete(key);
  await cache.put(key, new Response(await response.blob(), { headers }));
  // The oldest go first: the order of the keys is that in which they came.
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST))) await cache.delete(old);
}

/* As the server would answer now, had it learned nothing since. */
function aged(kept) {
  const headers = new Headers(kept.headers);
  const elapsed = Math.max(0, Date.now() - Number(headers.get(SAVED_AT)));
  const date = Date.parse(headers.get('Date') ?? '');
  headers.set('Age', String(Number(headers.get('Age') ?? 0) + Math.round(elapsed / 1000)));
  if (!Number.isNaN(date)) headers.set('Date', new Date(date + elapsed).toUTCString());
  headers.set('X-Kept', '1');
  return new Response(kept.body, { status: kept.status, headers });
}
