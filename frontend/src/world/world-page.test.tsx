import { screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { makeLeader, makeLeaders } from '../testing/archive';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

describe('the number ones around the world', () => {
  it('come in one request, the world first, and say which song leads most regions', async () => {
    const asked = api.leaders(() =>
      makeLeaders([
        makeLeader('global', 'Global', 'Morning Ferry'),
        makeLeader('BR', 'Brazil', 'Paper Lanterns'),
        makeLeader('FR', 'France', 'Morning Ferry'),
        makeLeader('GB', 'United Kingdom', 'Morning Ferry'),
      ]),
    );
    renderRoute('/world');
    expect(await screen.findByText('Morning Ferry by An Artist leads in 2 regions.')).toBeVisible();
    const links = within(screen.getByRole('main')).getAllByRole('link', { name: /An Artist/ });
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      '/?region=global',
      '/?region=BR',
      '/?region=FR',
      '/?region=GB',
    ]);
    expect(asked).toHaveLength(1);
    expect(new URL(asked[0]?.url ?? '').pathname).toBe('/charts/hourly/leaders');
  });

  it('are of the window of the address, and lead to the charts of that window', async () => {
    const asked = api.leaders(() =>
      makeLeaders([makeLeader('GB', 'United Kingdom', 'Morning Ferry')], {
        grain: 'day',
        window_start: '2026-11-21T00:00:00Z',
      }),
    );
    renderRoute('/world?grain=day&window=2026-11-21');
    expect(await screen.findByRole('link', { name: /Morning Ferry/ })).toHaveAttribute(
      'href',
      '/?region=GB&grain=day&window=2026-11-21',
    );
    const { pathname, searchParams } = new URL(asked[0]?.url ?? '');
    expect([pathname, searchParams.get('window_start')]).toEqual([
      '/charts/daily/leaders',
      '2026-11-21T00:00:00.000Z',
    ]);
  });

  it('light up wherever the same song leads', async () => {
    api.leaders(() =>
      makeLeaders([
        makeLeader('FR', 'France', 'Morning Ferry'),
        makeLeader('BR', 'Brazil', 'Paper Lanterns'),
        makeLeader('GB', 'United Kingdom', 'Morning Ferry'),
      ]),
    );
    const { user } = renderRoute('/world');
    await user.hover(await screen.findByRole('link', { name: /France/ }));
    expect(screen.getByRole('link', { name: /United Kingdom/ })).toHaveClass('leader-lit');
    expect(screen.getByRole('link', { name: /Brazil/ })).not.toHaveClass('leader-lit');
  });

  it('say that nobody played, that nothing is counted yet, and what failed', async () => {
    api.leaders(() => makeLeaders([]));
    const { refresh } = renderRoute('/world');
    expect(await screen.findByText('No plays anywhere in this time.')).toBeVisible();
    api.leadersProblem(404, 'not_computed');
    await refresh('leaders');
    expect(await screen.findByText('No chart yet')).toBeVisible();
  });

  it('offer another try when they could not be loaded', async () => {
    api.leadersProblem(422, 'invalid_parameter');
    renderRoute('/world');
    expect(await screen.findByRole('alert')).toHaveTextContent('The number ones could not be loaded');
  });
});
