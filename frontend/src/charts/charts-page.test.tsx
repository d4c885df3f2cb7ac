import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { hoursAgo, makeChart, makeEntry } from '../testing/builders';
import { FakeIntersectionObserver } from '../testing/fake-intersection-observer';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const rows = async () => {
  const table = await screen.findByRole('table', { name: /^Top songs in/ });
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
    expect(cells).toEqual(['1', '▲ 2up 2', '1,412why?', '1,398', '1', '5 h5 hours in a row']);
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
    renderRoute('/?region=GB');
    expect(await screen.findByText('12,481 plays of 3,204 songs')).toBeVisible();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('United Kingdom');
    expect(document.title).toBe('1. Morning Ferry · United Kingdom · Top Songs');
  });

  it('tells the day, too, on which a final chart was complete', async () => {
    const complete_through = '2026-11-20T04:10:05Z';
    api.chart(() => makeChart({ status: 'final', complete_through }));
    renderRoute('/');
    expect(await screen.findByText('complete through Fri, 20 Nov 2026, 04:10:05 UTC')).toBeVisible();
  });

  it('draws the first ten as bars, with a summary in words', async () => {
    api.chart(() =>
      makeChart({}, [
        makeEntry({ rank: 1, title: 'One', plays: 9 }),
        makeEntry({ rank: 2, title: 'Two', plays: 3 }),
      ]),
    );
    renderRoute('/');
    const figure = await screen.findByRole('figure');
    expect(figure).toHaveTextContent('Bars from One with 9 plays down to Two with 3.');
    expect(await within(figure).findByText('1. One')).toBeInTheDocument();
  });

  it('draws the bars only when they come near the screen, and keeps their place until then', async () => {
    FakeIntersectionObserver.isNear = false;
    api.chart(() => makeChart({}, [makeEntry({ rank: 1, title: 'One' }), makeEntry({ rank: 2 })]));
    renderRoute('/');
    const figure = await screen.findByRole('figure');
    expect(figure.querySelector('div')).toHaveStyle({ height: '168px' });
    expect(within(figure).queryByText('1. One')).toBeNull();
    FakeIntersectionObserver.scrollThere();
    expect(await within(figure).findByText('1. One')).toBeInTheDocument();
  });

  it('asks for ten songs first and for a hundred on request', async () => {
    const asked = api.chart(() => makeChart());
    const { user, address } = renderRoute('/?region=GB');
    await user.click(await screen.findByRole('link', { name: 'Show 100' }));
    expect(await screen.findByRole('link', { name: 'Show the top 10' })).toBeVisible();
    expect(asked.map((request) => new URL(request.url).searchParams.get('limit'))).toEqual(['10', '100']);
    expect(address()).toBe('/?region=GB&limit=100');
  });

  it('moves rows that changed places, and says so to screen readers', async () => {
    let entries = [
      makeEntry({ rank: 1, title: 'A', song_id: 'a' }),
      makeEntry({ rank: 2, title: 'B', song_id: 'b' }),
    ];
    const at = vi.spyOn(Date, 'now');
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
    const later = performance.timeOrigin + performance.now() + 16_000;
    at.mockReturnValue(later);
    await refresh('chart');
    expect(await screen.findByText(/^Updated \d\d:\d\d UTC, 2 songs moved$/)).toBeInTheDocument();
    expect(Element.prototype.animate).toHaveBeenCalledTimes(2);
  });
});

describe('the states of a chart', () => {
  it('keeps the place of the rows while the chart loads', async () => {
    api.never('chart');
    renderRoute('/?region=GB');
    expect(await screen.findByRole('table', { name: 'Loading the chart' })).toBeInTheDocument();
  });

  it('says that a window is empty and leads to the nearest one with plays', async () => {
    api.chart(() => makeChart({ window_start: '2026-11-20T03:00:00Z', total_plays: 0, total_songs: 0 }, []));
    const asked = api.windows([
      { window_start: '2026-11-20T02:00:00Z', status: 'final', revision: 1, total_plays: 0 },
      { window_start: '2026-11-20T01:00:00Z', status: 'final', revision: 1, total_plays: 8 },
    ]);
    const { user, address } = renderRoute('/?region=IS&window=2026-11-20T03:00:00Z');
    expect(
      await screen.findByText('No plays in Iceland between 03:00 and 04:00 UTC on Fri, 20 Nov 2026'),
    ).toBeVisible();
    await user.click(await screen.findByRole('link', { name: /^Go to 01:00–02:00 UTC/ }));
    expect(address()).toBe('/?region=IS&window=2026-11-20T01:00:00Z');
    expect(new URL(asked[0]?.url ?? '').searchParams.get('before')).toBe('2026-11-20T03:00:00Z');
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
    await user.click(screen.getByRole('link', { name: 'Go to the global chart' }));
    await rows();
    expect(address()).toBe('/');
    expect(asked).toHaveLength(1);
  });

  it('says what the api answered, and loads the chart when asked again', async () => {
    api.chartProblem(503, 'database_away', 'The charts database does not answer');
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
    expect(await screen.findByText(/^The charts database does not answer.*3 minutes ago/)).toBeVisible();
    expect(screen.getByRole('rowheader', { name: /Still here/ })).toBeVisible();
  });

  it('keeps the last good chart when updates fail', async () => {
    api.chart(() => makeChart({}, [makeEntry({ title: 'Still here' })]));
    const { refresh } = renderRoute('/');
    await rows();
    api.chartProblem(503, 'database_away');
    void refresh('chart');
    expect(await screen.findByText(/^Updates fail at the moment/)).toBeVisible();
    expect(screen.getByRole('rowheader', { name: /Still here/ })).toBeVisible();
  });
});
