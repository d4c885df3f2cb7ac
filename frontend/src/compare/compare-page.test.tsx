import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { HOUR, makeHistory } from '../testing/answers';
import { makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const song = (rank: number, title: string) => makeEntry({ rank, title, song_id: `s2_${title}` });
const lower = Array.from({ length: 16 }, (_, place) => song(place + 3, `Lower ${place}`));
const charts: Record<string, ReturnType<typeof song>[]> = {
  GB: [song(1, 'Shared'), song(2, 'British')],
  // Nineteenth is below the ten that are shown, and no less there.
  BR: [song(1, 'Brazilian'), song(2, 'Shared'), ...lower, song(19, 'British')],
};

function answers() {
  api.history(() => makeHistory([[HOUR, 1]]));
  api.windows([{ window_start: HOUR, status: 'provisional', revision: 1, total_plays: 9 }]);
  return api.chart((asked) => {
    const region = asked.searchParams.get('region') ?? '';
    return makeChart({ region, window_start: HOUR }, charts[region] ?? []);
  });
}
const row = async (title: string, table: RegExp) =>
  within(await screen.findByRole('table', { name: table })).getByRole('row', { name: new RegExp(title) });

describe('the compare page', () => {
  it('shows the same window of each region and says where a song stands elsewhere', async () => {
    const asked = answers();
    renderRoute('/compare?regions=GB,BR');
    expect(await row('Shared', /in the United Kingdom/)).toHaveTextContent('also number 2 in Brazil');
    expect(await row('Shared', /in Brazil/)).toHaveTextContent('also number 1 in the United Kingdom');
    expect(await row('British', /in the United Kingdom/)).toHaveTextContent('BR 19also number 19 in Brazil');
    expect(await row('Brazilian', /in Brazil/)).toHaveTextContent(/BrazilianAn Artist$/);
    const windows = asked.map((request) => new URL(request.url).searchParams.get('hour'));
    expect([...new Set(windows)]).toEqual([HOUR]);
    expect(document.title).toBe('United Kingdom, Brazil · Compare · Top Songs');
  });

  it('joins shared songs, and only these, by a line, and lights them in every column', async () => {
    answers();
    const { user } = renderRoute('/compare?regions=GB,BR');
    await user.hover(await row('Shared', /in the United Kingdom/));
    expect(await row('Shared', /in Brazil/)).toHaveClass('bg-tint');
    expect(await row('Brazilian', /in Brazil/)).not.toHaveClass('bg-tint');
    expect(document.querySelectorAll('.compare-lines path')).toHaveLength(1);
  });

  it('adds, changes and removes regions in the address', async () => {
    answers();
    const { user, address } = renderRoute('/compare?regions=gb,br,gb');
    await user.click(await screen.findByRole('button', { name: /Add a region/ }));
    await user.click(await screen.findByRole('option', { name: 'Canada' }));
    expect(address()).toBe('/compare?regions=GB,BR,CA');
    await user.click(screen.getByRole('button', { name: 'Remove Brazil' }));
    expect(address()).toBe('/compare?regions=GB,CA');
  });

  it('starts with the world and two regions', async () => {
    const asked = answers();
    renderRoute('/compare');
    expect(await screen.findByText('No plays worldwide in this time.')).toBeVisible();
    const regions = asked.map((request) => new URL(request.url).searchParams.get('region'));
    expect(regions).toEqual(['global', 'BR', 'CA']);
  });

  it('says which column is empty, and shows the others', async () => {
    answers();
    renderRoute('/compare?regions=GB,CA');
    expect(await screen.findByText('No plays in Canada in this time.')).toBeVisible();
    expect(await row('British', /in the United Kingdom/)).toBeVisible();
  });

  it.each([
    ['not_computed', 404, 'Not counted yet.'],
    ['unknown_region', 404, 'There is no region “XX”.'],
    ['database_away', 503, 'This chart could not be loaded. We keep trying.'],
  ])('says in the column when the api answers %s', async (code, status, sentence) => {
    api.windows([{ window_start: HOUR, status: 'provisional', revision: 1, total_plays: 9 }]);
    api.chartProblem(status, code);
    renderRoute('/compare?regions=XX');
    expect(await screen.findByText(sentence)).toBeVisible();
  });

  it('says that nothing was ever counted', async () => {
    api.windows([]);
    renderRoute('/compare?regions=GB,BR');
    expect(await screen.findByText('No chart yet')).toBeVisible();
  });

  it('says what failed, and tries again', async () => {
    api.windowsProblem(503);
    const { user } = renderRoute('/compare?regions=GB,BR');
    expect(await screen.findByRole('alert')).toHaveTextContent('The charts could not be loaded');
    answers();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await row('British', /in the United Kingdom/)).toBeVisible();
  });
});
