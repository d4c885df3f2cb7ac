import { focusManager } from '@tanstack/react-query';
import { act, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pollEvery } from '../api/chart-updates';
import { makeHistory, SONG_ID } from '../testing/answers';
import { makeChart, makeEntry, makeStatus, secondsAgo } from '../testing/builders';
import { FakeEventSource } from '../testing/fake-event-source';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

afterEach(() => focusManager.setFocused(undefined));

const stream = () => FakeEventSource.following[0] as FakeEventSource;
/** Sooner than the page asks by itself. */
const AT_ONCE = { timeout: 2_000 };
const onTop = (title: string) => api.chart(() => makeChart({}, [makeEntry({ title })]));
const song = (name: string) => screen.findByRole('rowheader', { name: new RegExp(name) });

async function openChart(address = '/') {
  onTop('Before');
  const rendered = renderRoute(address);
  await song('Before');
  return rendered;
}

describe('updates of the charts', () => {
  it('come over one stream for the whole app, whichever page is open', async () => {
    api.status(makeStatus());
    const { user } = await openChart();
    await user.click(screen.getByRole('link', { name: 'Is it up to date?' }));
    await screen.findByRole('region', { name: 'Stages' });
    expect(FakeEventSource.all.map(({ url }) => url)).toEqual(['/charts/updates']);
  });

  it('show a song that has come to the top, at once', async () => {
    await openChart();
    const asked = onTop('After');
    stream().tell();
    expect(await screen.findByRole('rowheader', { name: /After/ }, AT_ONCE)).toBeVisible();
    expect(asked.map(({ cache }) => cache)).toEqual(['no-cache']);
  });

  it('are not lost while an older answer is on its way', async () => {
    await openChart();
    const asked = onTop('After');
    stream().tell();
    stream().tell();
    stream().tell();
    await waitFor(() => expect(asked).toHaveLength(2), AT_ONCE);
  });

  it('bring the freshness badge and the counted plays along', async () => {
    api.chart(() => makeChart({ complete_through: secondsAgo(185), total_plays: 7 }));
    renderRoute('/');
    expect(await screen.findByRole('button', { name: /^3 min behind 7 plays/ })).toBeVisible();
    api.chart(() => makeChart({ total_plays: 8 }));
    stream().tell();
    expect(await screen.findByRole('button', { name: /^Live 8 plays so far/ })).toBeVisible();
  });

  it('bring the state of the pipeline along', async () => {
    api.status(makeStatus({ complete_through: null }));
    renderRoute('/pipeline');
    await screen.findByText('No chart has been computed yet.');
    api.status(makeStatus());
    stream().tell();
    expect(await screen.findByText(/^Charts hold every play/)).toBeVisible();
  });

  it('bring the line of a song along', async () => {
    api.history(() => makeHistory([], { region: 'global' }));
    renderRoute(`/songs/${SONG_ID}`);
    await screen.findByText('No chart has this song');
    const asked = api.history(() => makeHistory([], { region: 'global' }));
    stream().tell();
    await waitFor(() => expect(asked).toHaveLength(1), AT_ONCE);
  });

  it('are caught up with when the stream opens and when it breaks', async () => {
    await openChart();
    const asked = onTop('After');
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 5_000);
    stream().connect();
    await waitFor(() => expect(asked).toHaveLength(1), AT_ONCE);
    stream().lose();
    await waitFor(() => expect(asked).toHaveLength(2), AT_ONCE);
    stream().lose();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).toHaveLength(2);
  });

  it('do not ask twice for what has just been loaded when the stream opens', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(Date.now());
    await openChart();
    const asked = onTop('After');
    stream().connect();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).toHaveLength(0);
  });

  it('leave a settled window alone', async () => {
    api.chart(() => makeChart({ status: 'final', window_start: '2026-11-20T03:00:00Z' }));
    renderRoute('/?window=2026-11-20T03:00:00Z');
    await song('Song 1');
    const asked = onTop('After');
    stream().tell();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).toHaveLength(0);
  });

  it('do not repeat what the api refused', async () => {
    const asked = api.chartProblem(404, 'unknown_region');
    renderRoute('/?region=XX');
    await screen.findByRole('alert');
    stream().tell();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).toHaveLength(1);
  });
});

describe('without a stream', () => {
  it('charts are asked for more often than with one', async () => {
    await openChart();
    const without = pollEvery();
    stream().connect();
    expect(pollEvery()).toBeGreaterThan(without);
    stream().lose();
    expect(pollEvery()).toBe(without);
  });

  it('charts still move', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await openChart();
    onTop('After');
    await act(async () => {
      await vi.advanceTimersByTimeAsync(pollEvery());
    });
    vi.useRealTimers();
    expect(await song('After')).toBeVisible();
  });

  it('one is tried again after a refusal', async () => {
    await openChart();
    vi.useFakeTimers();
    stream().refuse();
    expect(FakeEventSource.following).toHaveLength(0);
    vi.advanceTimersByTime(15_000);
    expect(FakeEventSource.following).toHaveLength(1);
    vi.useRealTimers();
  });

  it('a hidden page asks for nothing, and follows again when it is shown', async () => {
    await openChart();
    act(() => focusManager.setFocused(false));
    expect(FakeEventSource.following).toHaveLength(0);
    onTop('After');
    act(() => focusManager.setFocused(true));
    expect(FakeEventSource.following).toHaveLength(1);
    stream().connect();
    expect(await song('After')).toBeVisible();
  });
});
