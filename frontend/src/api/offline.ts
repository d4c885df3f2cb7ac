const WORKER = '/offline.js';

/** Whether what was loaded last is kept for when the network is away: then a request is worth making offline. */
export const keptMode = () =>
  navigator.serviceWorker?.controller ? ('offlineFirst' as const) : ('online' as const);

/** Starts the worker that keeps the last good charts, and tells it what this first visit has loaded. */
export async function keepForOffline() {
  const isFirst = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register(WORKER);
  if (!isFirst) return;
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  active?.postMessage([...new Set(loaded)]);
}
