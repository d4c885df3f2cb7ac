import { screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { hoursAgo, makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const rows = async () => {
  const table = await screen.findByRole('table', { name: /^Top songs/ });
  return within(table).getAllByRole('row').slice(1);
};

describe('a chart', () => {
  it('shows the songs in the order of the api, with words for movement', async () => {
    api.chart(() =>
      makeChart({}, [
        makeEntry({
          rank: 1,
          movement: 'up',
          previous_rank: 3,
          title: 'Climber',
          plays: 1_412,
          listeners: 1_398,
          peak_rank: 1,
          streak: 5,
        }),
        makeEntry({ rank: 2, movement: 'down', previous_rank: 1, title: 'Faller' }),
        makeEntry({ rank: 3, movement: 'same', previous_rank: 3, title: 'Stayer' }),
        makeEntry({ rank: 4, movement: 'new', previous_rank: null, title: 'Arrival' }),
        makeEntry({ rank: 5, movement: 're_entry', previous_rank: null, title: 'Comeback' }),
      ]),
    );
    renderRoute('/?region=GB');
    const [climber, faller, stayer, arrival, comeback] = await rows();

    expect(climber).toHaveTextContent('▲ 2up 2');
    expect(within(climber as HTMLElement).getByRole('rowheader')).toHaveTextContent('ClimberAn Artist');
    const cells = within(climber as HTMLElement)
      .getAllByRole('cell')
      .map((cell) => cell.textContent);
    expect(cells).toEqual(['1▲ 2up 2', '▲ 2up 2', '', '1,412', '1,398', '#1', '5 h']);
    expect(faller).toHaveTextContent('▼ 1down 1');
    expect(stayer).toHaveTextContent('–no change');
    expect(arrival).toHaveTextContent('Newnew on this chart');
    expect(comeback).toHaveTextContent('↺ backback on this chart');
  });

  it('keeps the order and ranks of the api when plays are tied', async () => {
    api.chart(() =>
      makeChart({}, [
        makeEntry({ rank: 1, plays: 7, title: 'Zebra' }),
        makeEntry({ rank: 2, plays: 7, title: 'Aardvark' }),
      ]),
    );
    renderRoute('/');
    const shown = (await rows()).map((row) => row.textContent);
    expect(shown[0]).toMatch(/^1.*Zebra/);
    expect(shown[1]).toMatch(/^2.*Aardvark/);
  });

  it('says how many plays and songs there are, and names the leader in the title', async () => {
    api.chart(() => makeChart({}, [makeEntry({ title: 'Morning Ferry' })]));
    const { user } = renderRoute('/?region=GB');
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Top songs in the United Kingdom' }),
    ).toBeVisible();
    await user.click(await screen.findByRole('button', { name: /^Live 12,481 plays so far$/ }));
    expect(screen.getByText('12,481 plays of 3,204 songs')).toBeVisible();
    expect(document.title).toBe('1. Morning Ferry · United Kingdom · Top Songs');
  });

  it('shows twenty songs first and all that there are on request, the focus on the first new one', async () => {
    const songs = Array.from({ length: 39 }, (_, place) => makeEntry({ rank: place + 1 }));
    const asked = api.chart(() => makeChart({}, songs));
    const { user, address } = renderRoute('/?region=GB');
    expect(await rows()).toHaveLength(20);
    await user.click(await screen.findByRole('link', { name: 'Show all 39' }));
    expect(await rows()).toHaveLength(39);
    await waitFor(() => expect(document.activeElement).toHaveTextContent(/^Song 21/));
    expect(screen.getByRole('link', { name: 'Show the top 20' })).toBeVisible();
    expect(new Set(asked.map(({ url }) => url)).size).toBe(1);
    expect(address()).toBe('/?region=GB&limit=100');
  });

  it('shortens what would not fit its column, and keeps the whole number', async () => {
    api.chart(() => makeChart({}, [makeEntry({ rank: 1 }), makeEntry({ rank: 2, plays: 1_234_567 })]));
    renderRoute('/');
    const [, second] = await rows();
    expect(within(second as HTMLElement).getByTitle('1,234,567')).toHaveTextContent('1.23m');
  });

  it('moves rows that changed places, and says aloud who came to the first three', async () => {
    let entries = [
      makeEntry({ rank: 1, title: 'A', song_id: 'a' }),
      makeEntry({ rank: 2, title: 'B', song_id: 'b' }),
    ];
    api.chart(() => makeChart({}, entries));
    vi.spyOn(HTMLElement.prototype, 'offsetTop', 'get').mockImplementation(function (this: HTMLElement) {
      return (this as HTMLTableRowElement).sectionRowIndex * 60;
    });
    const { refresh } = renderRoute('/');
    await rows();
    entries = [
      makeEntry({ rank: 1, title: 'B', song_id: 'b' }),
      makeEntry({ rank: 2, title: 'A', song_id: 'a' }),
    ];
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 16_000);
    await refresh('chart');
    expect(await screen.findByText('Number 1 is now B.')).toBeInTheDocument();
    expect(Element.prototype.animate).toHaveBeenCalledTimes(2);
  });
});

describe('the states of a chart', () => {
  it('keeps the place of the rows while the chart loads', async () => {
    api.never('chart');
    renderRoute('/?region=GB');
    expect(
      await screen.findByText('Loading the chart', { selector: '[role=status] > span' }),
    ).toBeInTheDocument();
  });

  it('says that a window is empty and leads to the nearest one with plays', async () => {
    api.chart(() => makeChart({ window_start: '2026-11-20T03:00:00Z', total_plays: 0, total_songs: 0 }, []));
    const asked = api.windows([
      { window_start: '2026-11-20T02:00:00Z', status: 'final', revision: 1, total_plays: 0 },
      { window_start: '2026-11-20T01:00:00Z', status: 'final', revision: 1, total_plays: 8 },
    ]);
    const { user, address } = renderRoute('/?region=IS&window=2026-11-20T03:00:00Z');
    expect(
      await screen.findByText('No plays in Iceland: 04:00–05:00, Fri, 20 Nov 2026 (03:00–04:00 UTC)'),
    ).toBeVisible();
    await user.click(await screen.findByRole('link', { name: /^Go to 02:00–03:00/ }));
    expect(address()).toBe('/?region=IS&window=2026-11-20T01:00:00Z');
    expect(new URL(asked[0]?.url ?? '').searchParams.get('before')).toBe('2026-11-20T03:00:00Z');
  });

  describe('with songs that few people played', () => {
    const rules = {
      minimum_ms_played: 30_000,
      plays_per_listener_song_hour: 10,
      chart_size: 100,
      minimum_listeners: 5,
    };
    const sentence = 'Songs with fewer than 5 listeners are not shown, to protect them.';

    it('says below the others that these are not shown', async () => {
      api.chart(() => makeChart({ withheld: true, rules }));
      renderRoute('/?region=GB');
      expect(await screen.findByText(sentence)).toBeVisible();
    });

    it('says it in place of a chart without others', async () => {
      api.chart(() => makeChart({ withheld: true, rules, window_start: '2026-11-20T03:00:00Z' }, []));
      renderRoute('/?region=IS&window=2026-11-20T03:00:00Z');
      expect(await screen.findByText(/^No chart in Iceland/)).toBeVisible();
      expect(screen.getByText(sentence)).toBeVisible();
    });
  });

  it('says that a window is still being counted', async () => {
    api.chartProblem(404, 'not_computed');
    renderRoute(`/?window=${hoursAgo(0)}`);
    expect(await screen.findByText('This hour is still being counted')).toBeVisible();
  });

  it('says that a window has not begun', async () => {
    api.chartProblem(404, 'not_computed');
    renderRoute('/?grain=day&window=2999-01-01');
    expect(await screen.findByText('This day has not begun yet')).toBeVisible();
  });

  it('says that a region has no chart yet', async () => {
    api.chartProblem(404, 'not_computed');
    renderRoute('/?region=IS');
    expect(await screen.findByText('No chart yet')).toBeVisible();
  });

  it('says that there is no such region and leads to the global chart', async () => {
    const asked = api.chartProblem(404, 'unknown_region');
    const { user, address, queries } = renderRoute('/?region=XX');
    expect(await screen.findByRole('alert')).toHaveTextContent('There is no region “XX”');
    expect(queries.isFetching({ queryKey: ['chart'] })).toBe(0);
    api.chart(() => makeChart({ region: 'global' }));
    await user.click(screen.getByRole('link', { name: 'Go to the worldwide chart' }));
    await rows();
    expect(address()).toBe('/?region=global');
    expect(asked).toHaveLength(1);
  });

  it('says what the api answered, and loads the chart when asked again', async () => {
    api.chartProblem(503, 'database_unavailable', 'The charts database does not answer');
    const { user, queries } = renderRoute('/');
    expect(await screen.findByRole('alert')).toHaveTextContent('The charts database does not answer');
    expect(queries.isFetching({ queryKey: ['chart'] })).toBe(1);
    api.chart(() => makeChart());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await rows()).toHaveLength(1);
  });

  it('says that the api cannot be reached', async () => {
    api.unreachable('chart');
    renderRoute('/');
    expect(await screen.findByRole('alert')).toHaveTextContent('Top Songs cannot be reached');
  });

  it('says how old a chart is that the api repeats while its database is away', async () => {
    api.chart(() => makeChart({}, [makeEntry({ title: 'Still here' })]), 185);
    renderRoute('/');
    expect(await screen.findByText(/^The charts’ database does not answer.*3 minutes old/)).toBeVisible();
    expect(screen.getByRole('rowheader', { name: /Still here/ })).toBeVisible();
  });

  it('keeps the last good chart when updates fail', async () => {
    api.chart(() => makeChart({}, [makeEntry({ title: 'Still here' })]));
    const { refresh } = renderRoute('/');
    await rows();
    api.chartProblem(503, 'database_unavailable');
    void refresh('chart');
    expect(await screen.findByText(/^Updates fail at the moment/)).toBeVisible();
    expect(screen.getByRole('rowheader', { name: /Still here/ })).toBeVisible();
  });
});
