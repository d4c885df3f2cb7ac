/* Runs before the first paint and before the dashboard's own code is there. */
(function () {
  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  /* A stored dark theme must not flash white. Keep equal to src/app/theme.ts. */
  const theme = stored('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;

  /* The sentences of the chosen language come with the code. Keep equal to src/ui/texts/language.ts. */
  const files = new Map(
    (document.querySelector('meta[name=languages]')?.content ?? '').split(' ').map((pair) => pair.split('=')),
  );
  const spoken = [stored('language'), ...navigator.languages.map((language) => language.slice(0, 2))];
  const language = spoken.find((code) => files.has(code)) ?? 'en';
  document.documentElement.lang = language;
  if (files.has(language)) {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'modulepreload', href: files.get(language), crossOrigin: '' });
    document.head.append(link);
  }

  /* The chart is asked for at once; src/api/client.ts takes the answer where it asks for the same address. */
  if (location.pathname !== '/') return;
  document.documentElement.dataset.first = 'charts';
  const search = new URLSearchParams(location.search);
  const region = search.get('region') ?? stored('region');
  if (region === null || search.has('revision')) return;
  const isDay = search.get('grain') === 'day';
  const window = search.get('window');
  const start = window === null ? '' : `&${isDay ? 'date' : 'hour'}=${encodeURIComponent(window)}`;
  const code = region.toLowerCase() === 'global' ? 'global' : region.toUpperCase();
  const url = `${location.origin}/charts/${isDay ? 'daily' : 'hourly'}?region=${encodeURIComponent(code)}&history=12${start}`;
  const answer = fetch(url, { cache: 'no-cache', headers: { Accept: 'application/json' } });
  answer.catch(() => undefined);
  globalThis.firstAnswer = { url, answer };
})();
