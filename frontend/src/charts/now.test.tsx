import { screen } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { makeHistory } from '../testing/answers';
import { makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const NEWEST = '2026-11-22T14:00:00Z';
const BEFORE = '2026-11-22T13:00:00Z';

/** The newest hour, the hour before and the day, by their plays, as they are at some minute of the newest hour. */
function answers(minute: number, plays: { newest: number; before: number; day: number }) {
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse(NEWEST) + minute * 60_000);
  api.history(() => makeHistory([]));
  return api.chart(({ pathname, searchParams }) => {
    const chart = (
      window_start: string,
      total_plays: number,
      title: string,
      grain: 'hour' | 'day' = 'hour',
    ) => makeChart({ grain, window_start, total_plays }, [makeEntry({ title })]);
    if (pathname.endsWith('daily')) return chart('2026-11-22T00:00:00Z', plays.day, 'Of the day', 'day');
    return searchParams.get('hour') === BEFORE
      ? chart(BEFORE, plays.before, 'Of the hour before')
      : chart(NEWEST, plays.newest, 'Of this hour');
  });
}
const numberOne = async (title: string) =>
  expect(await screen.findByRole('heading', { level: 2, name: title })).toBeVisible();

describe('now', () => {
  it('is the newest hour once that is a quarter old and many have played', async () => {
    const asked = answers(20, { newest: 500, before: 900, day: 9_000 });
    renderRoute('/?region=GB');
    await numberOne('Of this hour');
    expect(new Set(asked.map(({ url }) => url)).size).toBe(1);
  });

  it('is the last full hour while the newest is young, says so and leads to it', async () => {
    answers(2, { newest: 260, before: 5_406, day: 9_000 });
    const { user, address } = renderRoute('/?region=GB');
    await numberOne('Of the hour before');
    expect(screen.getByText(/^15:00–16:00 has only begun, so this is the last full hour\./)).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Live/ })).toBeNull();
    await user.click(screen.getByRole('link', { name: 'See the hour so far' }));
    expect(address()).toBe(`/?region=GB&window=${NEWEST}`);
    await numberOne('Of this hour');
  });

  it('is the day where few people play', async () => {
    answers(40, { newest: 1, before: 3, day: 120 });
    renderRoute('/?region=IS');
    await numberOne('Of the day');
    expect(screen.getByText(/^Few plays in the newest hours, so this is the day\./)).toBeVisible();
  });

  it('is whichever has most where nothing has enough', async () => {
    answers(2, { newest: 1, before: 30, day: 2 });
    renderRoute('/?region=IS');
    await numberOne('Of the hour before');
  });

  it('never stands in for an hour that the address names', async () => {
    const asked = answers(2, { newest: 1, before: 900, day: 900 });
    renderRoute(`/?region=GB&window=${NEWEST}`);
    await numberOne('Of this hour');
    expect(new Set(asked.map(({ url }) => url)).size).toBe(1);
  });
});
