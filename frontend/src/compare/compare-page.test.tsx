import { screen, within } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
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
const table = () => screen.findByRole('table', { name: /^Top ten side by side/ });
const row = async (title: string) =>
  within(await table()).getByRole('row', { name: new RegExp(`${title}An Artist`) });
const cells = async (title: string) =>
  within(await row(title))
    .getAllByRole('cell')
    .map((cell) => cell.textContent);
const titles = async () =>
  within(await table())
    .getAllByRole('rowheader')
    .slice(0, 3)
    .map((head) => head.textContent);

describe('the compare page', () => {
  it('shows the same window of each region, with a rank for each song wherever it is on the chart', async () => {
    const asked = answers();
    renderRoute('/compare?regions=GB,BR');
    expect(await cells('Shared')).toEqual(['1 –no change', '2 ▼ 1down 1']);
    expect(await cells('British')).toEqual(['2 ▼ 1down 1', '19 ▼ 18down 18']);
    expect(await cells('Brazilian')).toEqual(['–not in the first 100', '1 –no change']);
    const windows = asked.map((request) => new URL(request.url).searchParams.get('hour'));
    expect([...new Set(windows)]).toEqual([HOUR]);
    expect(document.title).toBe('United Kingdom, Brazil · Compare · Top Songs');
  });

  it('is sorted by any of its columns', async () => {
    answers();
    const { user } = renderRoute('/compare?regions=GB,BR');
    expect(await titles()).toEqual(['SharedAn Artist', 'BritishAn Artist', 'BrazilianAn Artist']);
    const brazil = within(await table()).getByRole('button', { name: /^Brazil/ });
    await user.click(brazil);
    expect(await titles()).toEqual(['BrazilianAn Artist', 'SharedAn Artist', 'Lower 0An Artist']);
    expect(brazil).toHaveAttribute('aria-pressed', 'true');
    expect(within(await table()).getByRole('columnheader', { name: /Brazil/ })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
  });

  it('gives exactly its table as CSV', async () => {
    const save = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    const blobs: Blob[] = [];
    URL.createObjectURL = vi.fn((blob: Blob) => `blob:${blobs.push(blob)}`);
    URL.revokeObjectURL = vi.fn();
    answers();
    const { user } = renderRoute('/compare?regions=GB,BR');
    await user.click(await screen.findByRole('button', { name: 'Download this table as CSV' }));
    expect(save).toHaveBeenCalledOnce();
    const lines = (await blobs[0]?.text())?.split('\r\n');
    expect(lines?.[0]).toContain('"United Kingdom: rank","United Kingdom: rank before","Brazil: rank"');
    expect(lines?.slice(1, 4)).toEqual([
      '"s2_Shared","Shared","An Artist","1","1","2","1"',
      '"s2_British","British","An Artist","2","1","19","1"',
      '"s2_Brazilian","Brazilian","An Artist","","","1","1"',
    ]);
  });

  it('shows one region over its last windows, newest first', async () => {
    api.windows([{ window_start: HOUR, status: 'provisional', revision: 1, total_plays: 9 }]);
    api.chart(() => ({
      ...makeChart({ window_start: HOUR }, [song(1, 'Shared'), song(2, 'British')]),
      history: [
        [5, null, 1],
        [1, 2, 2],
      ],
    }));
    const { user, address } = renderRoute('/compare?regions=GB,BR');
    await user.click(await screen.findByRole('link', { name: 'Over time' }));
    expect(address()).toBe('/compare?regions=GB,BR&by=time');
    const over = await screen.findByRole('table', { name: /^Top ten in the United Kingdom/ });
    expect(
      within(over)
        .getAllByRole('columnheader')
        .map((head) => head.textContent),
    ).toEqual(['Song', '15:00↓', '14:00', '13:00', '12:00', '11:00', '10:00', '09:00']);
    const [first, second] = within(over).getAllByRole('row').slice(1);
    expect(first).toHaveTextContent(/SharedAn Artist1 –not in the first 1005 /);
    expect(second).toHaveTextContent(/BritishAn Artist2 –no change2 ▼ 1down 11 /);
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
    expect(await row('British')).toBeVisible();
  });

  it.each([
    ['not_computed', 404, 'Not counted yet.'],
    ['unknown_region', 404, 'There is no region “XX”.'],
    ['database_unavailable', 503, 'This chart could not be loaded. We keep trying.'],
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
    expect(await row('British')).toBeVisible();
  });
});
