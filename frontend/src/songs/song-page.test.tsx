import { screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { HOUR, makeHistory, SONG_ID } from '../testing/answers';
import { makePlacement } from '../testing/archive';
import { makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const windows: [string, number][] = [
  ['2026-11-22T13:00:00Z', 14],
  [HOUR, 1],
];
const page = `/songs/${SONG_ID}?region=GB`;

function answers() {
  api.history((asked) => makeHistory(asked.searchParams.get('region') === 'BR' ? [] : windows));
  api.chart(() =>
    makeChart({ window_start: HOUR }, [
      makeEntry({ song_id: SONG_ID, peak_rank: 1, peak_at: HOUR, windows_on_chart: 2 }),
    ]),
  );
}

describe('the page of a song', () => {
  it('says in a sentence what the line shows', async () => {
    answers();
    renderRoute(page);
    expect(await screen.findByText(/Entered at 14, reached 1 on 22 Nov, 2 hours on the chart/)).toBeVisible();
    expect(screen.getByRole('heading', { level: 1, name: 'Morning Ferry' })).toBeVisible();
    expect(document.title).toBe('Morning Ferry · United Kingdom · Top Songs');
    const figure = screen.getByRole('figure');
    expect(figure).toHaveTextContent('A line of ranks from 14:00–15:00, Sun, 22 Nov 2026');
  });

  it('does not say where it entered when the answer is not all of its history', async () => {
    answers();
    api.chart(() => makeChart({}, [makeEntry({ song_id: SONG_ID, windows_on_chart: 1_200, peak_at: HOUR })]));
    renderRoute(page);
    expect(await screen.findByText(/Reached 1 on 22 Nov, 1,200 hours on the chart/)).toBeVisible();
  });

  it('has every window in a table, newest first, each leading to its chart with the reason open', async () => {
    answers();
    const { user } = renderRoute(page);
    await user.click(await screen.findByRole('button', { name: 'Show as a table' }));
    const table = screen.getByRole('table', { name: /^Morning Ferry: every time/ });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows[0]).toHaveTextContent(/^15:00–16:00, Sun, 22 Nov 2026 \(14:00–15:00 UTC\)1▲ up9989$/);
    expect(within(rows[1] as HTMLElement).getByRole('link')).toHaveAttribute(
      'href',
      `/?region=GB&window=2026-11-22T13:00:00Z&open=${SONG_ID}`,
    );
  });

  it('shows every region whose chart has it in its newest window, best rank first, in one request', async () => {
    answers();
    const asked = api.placements([
      makePlacement('BR', 'Brazil', 1),
      makePlacement('GB', 'United Kingdom', 3),
    ]);
    renderRoute(page);
    const table = await screen.findByRole('table', { name: 'Where it charts' });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map((row) => row.textContent)).toEqual([
      '1Brazil▲ 2up 2399#15 h',
      '3United Kingdom▲ 2up 2397#15 h',
    ]);
    expect(within(table).getByRole('link', { name: 'Brazil' })).toHaveAttribute(
      'href',
      `/songs/${SONG_ID}?region=BR`,
    );
    const query = new URL(asked[0]?.url ?? '').searchParams;
    expect([asked.length, query.get('window_start')]).toEqual([1, HOUR]);
  });

  it('asks for one history and tells the turns in it', async () => {
    answers();
    const asked = api.history(() => makeHistory(windows));
    renderRoute(page);
    const entered = await screen.findByText('Entered');
    expect(entered.parentElement).toHaveTextContent('EnteredNo. 1414:00–15:00, Sun, 22 Nov 2026');
    expect(screen.getByText('Number 1 for').parentElement).toHaveTextContent('Number 1 for1 hour');
    expect(screen.getByText('Most played').parentElement).toHaveTextContent(/^Most played99 plays/);
    expect(asked).toHaveLength(1);
  });

  it('changes region and length of the window in the address', async () => {
    answers();
    const { user, address } = renderRoute(page);
    await user.click(await screen.findByRole('link', { name: 'Day' }));
    expect(address()).toBe(`${page}&grain=day`);
    await user.click(screen.getByRole('button', { name: /Choose a region/ }));
    await user.click(await screen.findByRole('option', { name: 'Canada' }));
    expect(address()).toBe(`/songs/${SONG_ID}?region=CA&grain=day`);
  });

  it('says that the song is on no chart of this region, with its name, and leads to the world', async () => {
    api.history((asked) => makeHistory(asked.searchParams.get('region') === 'GB' ? [] : windows));
    renderRoute(page);
    expect(await screen.findByText('Not on any chart in the United Kingdom yet')).toBeVisible();
    expect(await screen.findByRole('heading', { level: 1, name: 'Morning Ferry' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'See the song worldwide' })).toHaveAttribute(
      'href',
      `/songs/${SONG_ID}`,
    );
  });

  it('leads back to the chart from which it was opened', async () => {
    answers();
    renderRoute(`${page}&window=${HOUR}`);
    expect(await screen.findByRole('link', { name: 'Back to the chart' })).toHaveAttribute(
      'href',
      `/?region=GB&window=${HOUR}`,
    );
  });

  it('says of an address that is none of a song that no chart has it, and asks for nothing', async () => {
    const asked = api.historyProblem(422);
    renderRoute('/songs/foo');
    expect(await screen.findByRole('heading', { level: 1, name: 'No chart has this song' })).toBeVisible();
    expect(asked).toHaveLength(0);
    expect(document.querySelector('.skeleton')).toBeNull();
  });

  it('says that there is no such song', async () => {
    api.history(() => makeHistory([]));
    renderRoute(page);
    expect(await screen.findByText('No chart has this song')).toBeVisible();
  });

  it('says what failed, and tries again', async () => {
    api.historyProblem(503);
    const { user } = renderRoute(page);
    expect(await screen.findByRole('alert')).toHaveTextContent('The song could not be loaded');
    answers();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/Entered at 14/)).toBeVisible();
  });

  it('keeps what was loaded when updates fail', async () => {
    answers();
    const { refresh } = renderRoute(page);
    await screen.findByText(/Entered at 14/);
    api.historyProblem(503);
    void refresh('history');
    expect(await screen.findByText(/^Updates fail at the moment/)).toBeVisible();
    expect(screen.getByText(/Entered at 14/)).toBeVisible();
  });
});
