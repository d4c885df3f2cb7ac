import { screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { HOUR, makeHistory } from '../testing/answers';
import { makeChart, makeEntry } from '../testing/builders';
import { FakeIntersectionObserver } from '../testing/fake-intersection-observer';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const id = (letter: string) => `s2_${letter.repeat(16)}`;
const song = (rank: number, letter: string) =>
  makeEntry({ rank, title: `Song ${letter}`, artist: 'Band', song_id: id(letter) });
const songsOf: Record<string, ReturnType<typeof song>[]> = {
  GB: [song(1, 'a'), song(2, 'b'), song(3, 'c')],
  BR: [song(1, 'c'), song(2, 'd'), song(3, 'b')],
  CA: [song(1, 'e')],
};
const ranksIn: Record<string, [string, number][]> = {
  GB: [
    ['2026-11-22T12:00:00Z', 4],
    [HOUR, 2],
  ],
  BR: [['2026-11-22T13:00:00Z', 9]],
};

function answers() {
  api.windows([{ window_start: HOUR, status: 'provisional', revision: 1, total_plays: 9 }]);
  api.chart((asked) => {
    const region = asked.searchParams.get('region') ?? '';
    return makeChart({ region, window_start: HOUR }, songsOf[region] ?? []);
  });
  return api.history((asked) => {
    const region = asked.searchParams.get('region') ?? '';
    return makeHistory(ranksIn[region] ?? [], { region, title: 'Song b' });
  });
}
const section = async () =>
  within(await screen.findByRole('region', { name: 'Rank over the last 24 hours' }));
const lines = async () => (await section()).findByRole('figure');
const bothLines = '/compare?regions=GB,BR';

describe('the ranks of a shared song over the last windows', () => {
  it('ask for one song in each region, and no further back than a day', async () => {
    const asked = answers();
    renderRoute(bothLines);
    await lines();
    const addresses = asked.map((request) => new URL(request.url));
    expect(addresses.map(({ pathname }) => pathname)).toEqual([
      `/songs/${id('b')}/history`,
      `/songs/${id('b')}/history`,
    ]);
    expect(addresses.map(({ searchParams }) => Object.fromEntries(searchParams))).toEqual(
      ['GB', 'BR'].map((region) => ({
        region,
        grain: 'hour',
        from: '2026-11-21T15:00:00.000Z',
        to: '2026-11-22T15:00:00.000Z',
      })),
    );
  });

  it('are drawn as a line for each region and told in words', async () => {
    answers();
    renderRoute(bothLines);
    const figure = await lines();
    expect(figure).toHaveTextContent(
      'A line of ranks of Song b for each region from 16:00–17:00, Sat, 21 Nov 2026 to 15:00–16:00, Sun, 22 Nov 2026, rank 1 on top. Last: number 2 in the United Kingdom and not in the first 100 in Brazil.',
    );
    await within(figure).findByText('United Kingdom');
    expect(figure.querySelectorAll('.rank-series')).toHaveLength(2);
  });

  it('leave a gap where the song was not on the chart', async () => {
    answers();
    renderRoute(bothLines);
    const figure = await lines();
    await within(figure).findByText('United Kingdom');
    const [gb] = figure.querySelectorAll('.rank-series path');
    expect(gb?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
  });

  it('stand in a table, too, newest first', async () => {
    answers();
    const { user } = renderRoute(bothLines);
    await lines();
    await user.click((await section()).getByRole('button', { name: 'Show as a table' }));
    const table = (await section()).getByRole('table', { name: /^Song b: its rank in each region/ });
    const rows = within(table).getAllByRole('row');
    expect(rows[0]).toHaveTextContent('HourUnited KingdomBrazil');
    expect(rows[1]).toHaveTextContent(
      /^15:00–16:00, Sun, 22 Nov 2026 \(14:00–15:00 UTC\)2–not in the first 100$/,
    );
    expect(rows[2]).toHaveTextContent(/^14:00–15:00.*–not in the first 1009$/);
    expect(rows).toHaveLength(25);
  });

  it('are those of another song on request, and the link says which', async () => {
    const asked = answers();
    const { user, address } = renderRoute(bothLines);
    await lines();
    const choice = (await section()).getByLabelText('Song');
    const titles = within(choice)
      .getAllByRole('option')
      .map((option) => option.textContent);
    expect(titles).toEqual(['Song b – Band', 'Song c – Band']);
    await user.selectOptions(choice, 'Song c – Band');
    await lines();
    expect(address()).toBe(`${bothLines}&song=${id('c')}`);
    expect(new URL(asked.at(-1)?.url ?? '').pathname).toBe(`/songs/${id('c')}/history`);
  });

  it('stay with the song of a link that the charts share no more', async () => {
    answers();
    renderRoute(`${bothLines}&song=${id('f')}`);
    await lines();
    expect((await section()).getByLabelText('Song')).toHaveDisplayValue('Song b');
  });

  it('ignore what is no song', async () => {
    answers();
    const { address } = renderRoute(`${bothLines}&song=nonsense`);
    await lines();
    expect(address()).toBe(bothLines);
  });

  it('are not asked for before they come near the screen', async () => {
    FakeIntersectionObserver.isNear = false;
    const asked = answers();
    renderRoute(bothLines);
    await section();
    await screen.findAllByRole('row', { name: /Song b/ });
    expect(asked).toHaveLength(0);
    FakeIntersectionObserver.scrollThere();
    expect(await lines()).toBeVisible();
    expect(asked).toHaveLength(2);
  });
});

describe('the states of the ranks over time', () => {
  it('say that the regions share no song', async () => {
    answers();
    renderRoute('/compare?regions=GB,CA');
    expect(await screen.findByText(/^No song stands in more than one of these charts/)).toBeVisible();
  });

  it('keep their place while they load', async () => {
    answers();
    api.never('history');
    renderRoute(bothLines);
    expect(await (await section()).findByText('Loading the ranks')).toBeInTheDocument();
  });

  it('say whose ranks failed, claim nothing of them, and try again', async () => {
    answers();
    api.historyProblemIn('BR', 503);
    const { user } = renderRoute(bothLines);
    expect(await (await section()).findByRole('alert')).toHaveTextContent(
      'The ranks of Brazil could not be loaded.',
    );
    expect(await lines()).toHaveTextContent(/Last: number 2 in the United Kingdom\./);
    expect(await lines()).not.toHaveTextContent('Brazil');
    answers();
    await user.click((await section()).getByRole('button', { name: 'Try again' }));
    expect(await within(await lines()).findAllByText(/not in the first 100 in Brazil/)).not.toHaveLength(0);
  });
});
