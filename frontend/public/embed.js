/* Runs in a page that embeds charts: makes each frame as high as the chart in it. */
(function () {
  const site = new URL(document.currentScript.src).origin;
  addEventListener('message', ({ origin, data, source }) => {
    const height = Number(data?.topSongsHeight);
    if (origin !== site || !(height > 0 && height < 20_000)) return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source) frame.style.height = `${height}px`;
  });
})();
