import { screen, waitFor } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const HOUR = '2026-11-20T14:00:00Z';
const songs = [makeEntry({ rank: 1, title: 'One' }), makeEntry({ rank: 2, title: 'Two', artist: 'B' })];

async function open(address = '/?region=GB') {
  const asked = api.chart(() => makeChart({ window_start: HOUR }, songs));
  const rendered = renderRoute(address);
  await rendered.user.click(await screen.findByRole('button', { name: 'Share' }));
  return { ...rendered, asked };
}
const press = (name: RegExp) => screen.getByRole('button', { name });

describe('the ways to share a chart', () => {
  it('copy a link to this window, which means the same an hour later', async () => {
    const { user } = await open();
    await user.click(press(/^Copy link to this hour/));
    expect(await screen.findByText('Copied.')).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe(`http://localhost:8000/?region=GB&window=${HOUR}`);
  });

  it('copy a link to whatever is newest, and say so', async () => {
    const { user } = await open(`/?region=GB&window=${HOUR}`);
    await user.click(press(/^Copy link to the newest chart.*Shows another chart with time/));
    expect(await navigator.clipboard.readText()).toBe('http://localhost:8000/?region=GB');
  });

  it('copy the first songs as text with the fixed link', async () => {
    const { user } = await open();
    await user.click(press(/^Copy as text/));
    expect(await navigator.clipboard.readText()).toBe(
      [
        'Top songs in the United Kingdom, 15:00–16:00, Fri, 20 Nov 2026 (14:00–15:00 UTC)',
        '1. One – An Artist',
        '2. Two – B',
        `http://localhost:8000/?region=GB&window=${HOUR}`,
      ].join('\n'),
    );
  });

  it('copy the code of a frame that follows the newest chart', async () => {
    const { user } = await open();
    await user.click(press(/^Copy code to embed/));
    const code = await navigator.clipboard.readText();
    expect(code).toContain('<iframe src="http://localhost:8000/embed?region=GB&grain=hour"');
    expect(code).toContain('<script src="http://localhost:8000/embed.js" async></script>');
  });

  it('lead to the picture of this window and to the feed', async () => {
    await open();
    expect(screen.getByRole('link', { name: /^Open as a picture/ })).toHaveAttribute(
      'href',
      `/charts/hourly/card?region=GB&window_start=${HOUR}`,
    );
    expect(screen.getByRole('link', { name: /^Open the feed/ })).toHaveAttribute(
      'href',
      '/charts/hourly/feed?region=GB',
    );
  });

  it('say so when the browser does not let it copy', async () => {
    const { user } = await open();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
    await user.click(press(/^Copy link to this hour/));
    expect(await screen.findByText('The browser does not allow copying.')).toBeVisible();
  });

  it('download the window on the screen, all of it, as CSV', async () => {
    const save = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    URL.createObjectURL = vi.fn(() => 'blob:chart');
    URL.revokeObjectURL = vi.fn();
    const { user, asked } = await open();
    await user.click(press(/^Download as CSV/));
    await waitFor(() => expect(save).toHaveBeenCalled());
    expect(asked.at(-1)?.headers.get('Accept')).toBe('text/csv');
    expect(Object.fromEntries(new URL(asked.at(-1)?.url ?? '').searchParams)).toEqual({
      region: 'GB',
      hour: HOUR,
    });
    expect((save.mock.contexts[0] as HTMLAnchorElement).download).toBe('top-songs-GB-2026-11-20T140000Z.csv');
  });

  it('say when the download failed', async () => {
    const { user } = await open();
    api.unreachable('chart');
    await user.click(press(/^Download as CSV/));
    expect(await screen.findByText('The download failed. Try again.')).toBeVisible();
  });
});
