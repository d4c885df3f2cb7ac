import { screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { makeNumberOne } from '../testing/archive';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const days = [
  makeNumberOne('2026-11-22T00:00:00Z', 'Morning Ferry'),
  makeNumberOne('2026-11-21T00:00:00Z', 'Morning Ferry'),
  makeNumberOne('2026-11-20T00:00:00Z', 'Paper Lanterns'),
];
const hours = [
  makeNumberOne('2026-11-21T15:00:00Z', 'Slow Tides'),
  makeNumberOne('2026-11-21T14:00:00Z', 'Glass Motel'),
];
const answer = () =>
  api.numberOnes(({ pathname }) => ({
    region: 'GB',
    grain: pathname.includes('daily') ? 'day' : 'hour',
    number_ones: pathname.includes('daily') ? days : hours,
  }));

describe('the archive of number ones', () => {
  it('shows a month with the number one of each day, which leads to that chart', async () => {
    const asked = answer();
    renderRoute('/archive?region=GB&month=2026-11');
    const calendar = await screen.findByRole('table', {
      name: 'Number ones in the United Kingdom, November 2026',
    });
    expect(
      within(calendar)
        .getAllByRole('columnheader')
        .map((head) => head.textContent),
    ).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
    const links = within(calendar).getAllByRole('link', { name: /An Artist/ });
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      '/?region=GB&grain=day&window=2026-11-20',
      '/?region=GB&grain=day&window=2026-11-21',
      '/?region=GB&grain=day&window=2026-11-22',
    ]);
    const { searchParams } = new URL(asked[0]?.url ?? '');
    expect([searchParams.get('from'), searchParams.get('to')]).toEqual([
      '2026-11-01T00:00:00.000Z',
      '2026-12-01T00:00:00.000Z',
    ]);
  });

  it('counts the days that a song led', async () => {
    answer();
    renderRoute('/archive?region=GB&month=2026-11');
    const most = await screen.findByRole('region', { name: 'Most days at number 1' });
    expect(
      within(most)
        .getAllByRole('link')
        .map((link) => link.textContent),
    ).toEqual(['Morning FerryAn Artist2 days', 'Paper LanternsAn Artist1 day']);
  });

  it('opens a day’s hours, first hour first', async () => {
    answer();
    const { user, address } = renderRoute('/archive?region=GB&month=2026-11');
    await user.click(await screen.findByRole('link', { name: /Hours of Sat,? 21 Nov 2026/ }));
    const section = await screen.findByRole('region', { name: /Hour by hour/ });
    expect((await within(section).findAllByRole('link')).map((link) => link.getAttribute('href'))).toEqual([
      '/?region=GB&window=2026-11-21T14:00:00Z',
      '/?region=GB&window=2026-11-21T15:00:00Z',
    ]);
    expect(address()).toContain('day=2026-11-21');
  });

  it('goes to the month before and back', async () => {
    answer();
    const { user, address } = renderRoute('/archive?region=GB&month=2026-01');
    await user.click(await screen.findByRole('link', { name: 'Earlier month' }));
    expect(address()).toContain('month=2025-12');
    await user.click(await screen.findByRole('link', { name: 'Later month' }));
    expect(address()).toContain('month=2026-01');
  });

  it('says that a month has no chart', async () => {
    api.numberOnes(() => ({ region: 'GB', grain: 'day', number_ones: [] }));
    renderRoute('/archive?region=GB&month=2020-01');
    expect(await screen.findByText('No chart in this month.')).toBeVisible();
  });
});
