/* Runs before the first paint, so that a stored dark theme does not flash white. Keep equal to src/app/theme.ts. */
(function () {
  try {
    var theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    /* Without storage the system's theme holds. */
  }
})();
