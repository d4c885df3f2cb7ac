import { screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { HOUR } from '../testing/answers';
import { makeChart } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const open = async (address = '/?region=GB') => {
  api.chart(() => makeChart({ window_start: HOUR }));
  const rendered = renderRoute(address);
  await rendered.user.click(await screen.findByRole('button', { name: /Choose another hour or day/ }));
  return rendered;
};

describe('the list of windows', () => {
  it('shows which are counted, how sure each is, and leads to it', async () => {
    api.windows([
      { window_start: HOUR, status: 'provisional', revision: 1, total_plays: 12_481 },
      { window_start: '2026-11-22T13:00:00Z', status: 'final', revision: 2, total_plays: 1 },
    ]);
    const { user, address } = await open();
    const list = within(await screen.findByRole('navigation', { name: 'Choose another hour or day' }));
    const [newest, restated] = list.getAllByRole('link');
    expect(newest).toHaveTextContent(
      /^15:00–16:00Sun, 22 Nov 2026 · 14:00–15:00 UTC12,481 playsStill counting$/,
    );
    expect(newest).toHaveAttribute('aria-current', 'true');
    expect(restated).toHaveTextContent(/^14:00–15:00.*1 playCorrected \(version 2\)$/);
    await user.click(restated as HTMLElement);
    expect(address()).toBe('/?region=GB&window=2026-11-22T13:00:00Z');
    expect(screen.queryByRole('navigation', { name: 'Choose another hour or day' })).toBeNull();
  });

  it('goes back a page at a time', async () => {
    const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')).toReversed();
    const asked = api.windows(
      hours.map((hour) => ({
        window_start: `2026-11-22T${hour}:00:00Z`,
        status: 'final',
        revision: 1,
        total_plays: 1,
      })),
    );
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Older' }));
    await screen.findAllByRole('link', { name: /15:00–16:00/ });
    const before = asked.map((request) => new URL(request.url).searchParams.get('before'));
    expect(before).toContain('2026-11-22T00:00:00Z');
  });

  it('says when it could not be loaded, and tries again', async () => {
    api.windowsProblem(503);
    const { user } = await open();
    expect(await screen.findByText('The list could not be loaded.')).toBeVisible();
    api.windows([]);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Nothing has been counted here yet.')).toBeVisible();
  });
});
