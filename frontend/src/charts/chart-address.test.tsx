import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { hoursAgo, makeChart } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const echo = () =>
  api.chart((asked) => {
    const day = asked.pathname.endsWith('daily');
    const window_start = asked.searchParams.get(day ? 'date' : 'hour') ?? hoursAgo(0);
    return makeChart({
      grain: day ? 'day' : 'hour',
      region: asked.searchParams.get('region') ?? '',
      window_start,
    });
  });
const lastQuery = (asked: Request[]) => Object.fromEntries(new URL(asked.at(-1)?.url ?? '').searchParams);

describe('the address of the charts page', () => {
  it('says which chart is asked for', async () => {
    const asked = echo();
    renderRoute('/?region=gb&grain=day&window=2026-11-20');
    await screen.findByRole('heading', { name: /United Kingdom/ });
    await waitFor(() => expect(lastQuery(asked)).toEqual({ region: 'GB', date: '2026-11-20', limit: '10' }));
    expect(new URL(asked[0]?.url ?? '').pathname).toBe('/charts/daily');
  });

  it('means the newest global hour when it says nothing', async () => {
    const asked = echo();
    renderRoute('/');
    await waitFor(() => expect(lastQuery(asked)).toEqual({ region: 'global', limit: '10' }));
    expect(new URL(asked[0]?.url ?? '').pathname).toBe('/charts/hourly');
  });

  it.each(['nonsense', '2026-11-20', '2026-11-20T03:30:00Z', '2026-13-40T03:00:00Z'])(
    'ignores %s, which is no hour',
    async (window) => {
      const asked = echo();
      renderRoute(`/?window=${window}`);
      await waitFor(() => expect(lastQuery(asked)).toEqual({ region: 'global', limit: '10' }));
    },
  );

  it('steps through windows, across midnight, and back to live', async () => {
    echo();
    const { user, address } = renderRoute('/?region=GB&window=2026-11-20T00:00:00Z');
    await user.click(await screen.findByRole('link', { name: 'Previous hour' }));
    expect(address()).toBe('/?region=GB&window=2026-11-19T23:00:00Z');
    await user.click(screen.getByRole('link', { name: 'Next hour' }));
    expect(address()).toBe('/?region=GB&window=2026-11-20T00:00:00Z');
    await user.click(screen.getByRole('link', { name: 'Go live' }));
    expect(address()).toBe('/?region=GB');
    expect(await screen.findByRole('link', { name: 'Next hour' })).toHaveAttribute('aria-disabled', 'true');
  });

  it('does not step past the window that runs now', async () => {
    echo();
    renderRoute(`/?window=${hoursAgo(0)}`);
    expect(await screen.findByRole('link', { name: 'Next hour' })).toHaveAttribute('aria-disabled', 'true');
  });

  it('keeps the day when hours change to days, and its first hour the other way', async () => {
    echo();
    const { user, address } = renderRoute('/?region=GB&window=2026-11-20T14:00:00Z');
    await user.click(await screen.findByRole('link', { name: 'Day' }));
    expect(address()).toBe('/?region=GB&grain=day&window=2026-11-20');
    await user.click(screen.getByRole('link', { name: 'Hour' }));
    expect(address()).toBe('/?region=GB&window=2026-11-20T00:00:00Z');
  });

  it.each([
    ['/', 'Hour', 'Day'],
    ['/?region=GB&grain=day', 'Day', 'Hour'],
    ['/?grain=day&window=2026-11-20', 'Day', 'Hour'],
  ])('marks only the kind of window that %s shows', async (address, shown, other) => {
    echo();
    renderRoute(address);
    expect(await screen.findByRole('link', { name: shown })).toHaveAttribute('aria-current');
    expect(screen.getByRole('link', { name: other })).not.toHaveAttribute('aria-current');
  });

  it('shows the window in UTC with the local time beside it', async () => {
    echo();
    renderRoute('/?window=2026-11-20T14:00:00Z');
    expect(await screen.findByText('14:00–15:00 UTC')).toBeVisible();
    expect(screen.getByText('Fri, 20 Nov 2026 · 15:00 local')).toBeVisible();
  });

  it('copies the link', async () => {
    echo();
    const { user } = renderRoute('/?region=GB');
    const button = await screen.findByRole('button', { name: 'Copy link' });
    await user.click(button);
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe(window.location.href);
  });

  it('says so when the browser does not let it copy', async () => {
    echo();
    const { user } = renderRoute('/');
    const button = await screen.findByRole('button', { name: 'Copy link' });
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
    await user.click(button);
    expect(await screen.findByRole('button', { name: 'Copy it from the address bar' })).toBeVisible();
  });
});

describe('the CSV download', () => {
  it('asks for the window on the screen, all of it, as CSV', async () => {
    const asked = echo();
    const save = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    URL.createObjectURL = vi.fn(() => 'blob:chart');
    URL.revokeObjectURL = vi.fn();
    const { user } = renderRoute('/?region=GB&window=2026-11-20T14:00:00Z');
    await user.click(await screen.findByRole('button', { name: 'CSV' }));
    await waitFor(() => expect(save).toHaveBeenCalled());
    expect(asked.at(-1)?.headers.get('Accept')).toBe('text/csv');
    expect(lastQuery(asked)).toEqual({ region: 'GB', hour: '2026-11-20T14:00:00Z', limit: '100' });
    expect((save.mock.contexts[0] as HTMLAnchorElement).download).toBe('top-songs-GB-2026-11-20T140000Z.csv');
  });

  it('says when it failed', async () => {
    echo();
    const { user } = renderRoute('/');
    const button = await screen.findByRole('button', { name: 'CSV' });
    api.unreachable('chart');
    await user.click(button);
    expect(await screen.findByText('The download failed. Try again.')).toBeVisible();
  });
});
