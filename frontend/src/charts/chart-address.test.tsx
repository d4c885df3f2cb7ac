import { screen, waitFor } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { makeExplanation, makeHistory } from '../testing/answers';
import { hoursAgo, makeChart } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
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
    await waitFor(() =>
      expect(lastQuery(asked)).toEqual({ region: 'GB', date: '2026-11-20', history: '12' }),
    );
    expect(new URL(asked[0]?.url ?? '').pathname).toBe('/charts/daily');
  });

  it('always names the region, so that a copied one means the same to everybody', async () => {
    const asked = echo();
    const { address } = renderRoute('/');
    await waitFor(() => expect(lastQuery(asked)).toEqual({ region: 'global', history: '12' }));
    expect(new URL(asked[0]?.url ?? '').pathname).toBe('/charts/hourly');
    expect(address()).toBe('/?region=global');
  });

  it.each(['nonsense', '2026-11-20', '2026-11-20T03:30:00Z', '2026-13-40T03:00:00Z'])(
    'ignores %s, which is no hour',
    async (window) => {
      const asked = echo();
      renderRoute(`/?window=${window}`);
      await waitFor(() => expect(lastQuery(asked)).toEqual({ region: 'global', history: '12' }));
    },
  );

  it('steps through windows, across midnight, and back to live', async () => {
    echo();
    const { user, address } = renderRoute('/?region=GB&window=2026-11-20T00:00:00Z');
    await user.click(await screen.findByRole('link', { name: 'Previous hour' }));
    expect(address()).toBe('/?region=GB&window=2026-11-19T23:00:00Z');
    await user.click(screen.getByRole('link', { name: 'Next hour' }));
    expect(address()).toBe('/?region=GB&window=2026-11-20T00:00:00Z');
    await user.click(screen.getByRole('link', { name: 'Now' }));
    await waitFor(() => expect(screen.getByRole('link', { name: 'Now' })).toHaveFocus());
    expect(address()).toBe('/?region=GB');
    expect(await screen.findByRole('link', { name: 'Next hour' })).toHaveAttribute('aria-disabled', 'true');
  });

  it('does not step past the window that runs now', async () => {
    echo();
    renderRoute(`/?window=${hoursAgo(0)}`);
    expect(await screen.findByRole('link', { name: 'Next hour' })).toHaveAttribute('aria-disabled', 'true');
  });

  it('leads to today and to yesterday, which are days of UTC', async () => {
    echo();
    vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-22T23:30:00Z'));
    const { user, address } = renderRoute('/?region=GB&window=2026-11-20T14:00:00Z');
    await user.click(await screen.findByRole('link', { name: 'Yesterday' }));
    expect(address()).toBe('/?region=GB&grain=day&window=2026-11-21');
    await user.click(screen.getByRole('link', { name: 'Today' }));
    expect(address()).toBe('/?region=GB&grain=day');
  });

  it.each([
    ['/?region=GB', 'Now', 'Today'],
    ['/?region=GB&grain=day', 'Today', 'Now'],
    [`/?region=GB&grain=day&window=${yesterday}`, 'Yesterday', 'Today'],
  ])('marks only the view that %s shows', async (address, shown, other) => {
    echo();
    renderRoute(address);
    expect(await screen.findByRole('link', { name: shown })).toHaveAttribute('aria-current');
    expect(screen.getByRole('link', { name: other })).not.toHaveAttribute('aria-current');
  });

  it('marks no view of a window in the past', async () => {
    echo();
    renderRoute('/?region=GB&grain=day&window=2026-10-20');
    await screen.findByRole('link', { name: 'Now' });
    expect(document.querySelector('.segment[aria-current]')).toBeNull();
  });

  it('shows the window by the viewer’s clock with UTC beside it', async () => {
    echo();
    renderRoute('/?window=2026-11-20T14:00:00Z');
    expect(await screen.findByText('15:00–16:00')).toBeVisible();
    expect(screen.getByText('14:00–15:00 UTC')).toBeVisible();
  });

  it('names the window of a drawer over the newest chart, and follows it again when that closes', async () => {
    api.chart(() => makeChart({ window_start: '2026-11-20T14:00:00Z' }));
    api.history(() => makeHistory([]));
    api.explanation(() => makeExplanation());
    const { user, address } = renderRoute('/?region=GB');
    const [why] = await screen.findAllByRole('link', { name: /Why this number for/ });
    await user.click(why as HTMLElement);
    expect(address()).toMatch(/^\/\?region=GB&window=2026-11-20T14:00:00Z&open=/);
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    expect(address()).toBe('/?region=GB');
  });
});
