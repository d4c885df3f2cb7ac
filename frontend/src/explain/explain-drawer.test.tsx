import { screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { HOUR, makeCounts, makeExplanation, makeHistory, SONG_ID } from '../testing/answers';
import { makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

function chart() {
  api.history(() =>
    makeHistory([
      ['2026-11-22T12:00:00Z', 4],
      [HOUR, 1],
    ]),
  );
  api.chart(() =>
    makeChart({ window_start: HOUR }, [
      makeEntry({ song_id: SONG_ID, title: 'Morning Ferry', movement: 'up', previous_rank: 4, plays: 412 }),
      makeEntry({ rank: 2, plays: 400 }),
    ]),
  );
}
const drawer = async () => within(await screen.findByRole('dialog', { name: 'Why this number?' }));

describe('the explanation of a number', () => {
  it('opens from its row, is in the address, and says the sentence first', async () => {
    chart();
    const asked = api.explanation(() => makeExplanation());
    const { user, address } = renderRoute('/?region=GB');
    const why = await screen.findAllByRole('link', { name: /Why this number for Morning Ferry/ });
    await user.click(why[0] as HTMLElement);
    const sentence = await (
      await drawer()
    ).findByText(/^412 plays count for this song in the United Kingdom/);
    expect(sentence).toHaveTextContent('15:00–16:00, Sun, 22 Nov 2026 (14:00–15:00 UTC)');
    expect(address()).toBe(`/?region=GB&window=${HOUR}&open=${SONG_ID}`);
    expect(Object.fromEntries(new URL(asked[0]?.url ?? '').searchParams)).toEqual({
      region: 'GB',
      window_start: HOUR,
      song_id: SONG_ID,
    });
  });

  it('shows every step with its number, its rule and a link to it', async () => {
    chart();
    api.explanation(() => makeExplanation());
    renderRoute(`/?region=GB&open=${SONG_ID}`);
    const steps = await (await drawer()).findByRole('list', { name: /^From received/ });
    const shown = within(steps)
      .getAllByRole('listitem')
      .map((step) => step.textContent);
    expect(shown).toEqual([
      expect.stringMatching(/^Received431/),
      expect.stringMatching(/^Sent twice−2/),
      expect.stringMatching(/^Too short−14Heard for less than 30 seconds/),
      expect.stringMatching(/^More than 10 an hour−3More than 10 by one listener/),
      expect.stringMatching(/^Counted412/),
    ]);
    expect(within(steps).getByRole('link', { name: 'The rule: Too short' })).toHaveAttribute(
      'href',
      '/rules#length',
    );
    expect((await drawer()).getByText(/^6 of the plays came late/)).toBeVisible();
  });

  it('folds the steps that took nothing away into one line', async () => {
    chart();
    const counts = makeCounts({ raw_plays: 412, too_short: 0, over_cap: 0, duplicates: 2 });
    api.explanation(() => makeExplanation({ counts }));
    renderRoute(`/?region=GB&open=${SONG_ID}`);
    const steps = await (await drawer()).findByRole('list', { name: /^From received/ });
    expect(within(steps).getAllByRole('listitem')).toHaveLength(3);
    expect(
      (await drawer()).getByText('Nothing was taken away as too short or more than 10 an hour.'),
    ).toBeVisible();
  });

  it('says why the song is at its rank: its lead, its listeners and its last hours', async () => {
    chart();
    api.explanation(() => makeExplanation());
    renderRoute(`/?region=GB&open=${SONG_ID}`);
    expect(await (await drawer()).findByRole('heading', { name: 'Why number 1' })).toBeVisible();
    expect((await drawer()).getByText('12 plays ahead of number 2. 398 listeners heard it.')).toBeVisible();
    const path = await (await drawer()).findByRole('list', { name: 'The last hours' });
    const shown = within(path)
      .getAllByRole('listitem')
      .map((each) => each.textContent);
    expect(shown.slice(-3)).toEqual(['13:00#4', '14:00–not in the first 100', '15:00#1']);
  });

  it('says that nobody played the song here', async () => {
    chart();
    const counts = makeCounts({
      raw_plays: 0,
      plays: 0,
      too_short: 0,
      over_cap: 0,
      duplicates: 0,
      listeners: 0,
    });
    api.explanation(() => makeExplanation({ counts, title: null, artist: null, rank: null }));
    renderRoute(`/?region=GB&open=${SONG_ID}`);
    expect(await (await drawer()).findByText('Nobody played this song here in this hour.')).toBeVisible();
    expect((await drawer()).queryByText(/s2_/)).toBeNull();
  });

  it('shows the regions that the worldwide number is made of, and the hours of a day', async () => {
    chart();
    api.chart(() => makeChart({ region: 'global', grain: 'day', window_start: HOUR }));
    api.explanation(() =>
      makeExplanation({
        grain: 'day',
        region: 'global',
        regions: [{ ...makeCounts({ plays: 300 }), region: 'GB' }],
        hours: [{ ...makeCounts({ plays: 111 }), window_start: HOUR }],
      }),
    );
    renderRoute(`/?grain=day&open=${SONG_ID}`);
    const regions = await (await drawer()).findByRole('table', { name: 'Region by region', hidden: true });
    expect(regions).toHaveTextContent('United Kingdom300');
    const hours = (await drawer()).getByRole('table', { name: 'Hour by hour', hidden: true });
    expect(hours).toHaveTextContent('15:00–16:00111');
  });

  it('says that the counts are newer than the chart', async () => {
    chart();
    api.explanation(() => makeExplanation({ is_charted: false }));
    renderRoute(`/?region=GB&open=${SONG_ID}`);
    expect(await (await drawer()).findByText(/seconds newer than the chart/)).toBeVisible();
  });

  it('says when it could not be loaded, and tries again', async () => {
    chart();
    api.explanationProblem(503, 'database_unavailable');
    const { user } = renderRoute(`/?region=GB&open=${SONG_ID}`);
    expect(await (await drawer()).findByText('The explanation could not be loaded')).toBeVisible();
    api.explanation(() => makeExplanation());
    await user.click((await drawer()).getByRole('button', { name: 'Try again' }));
    expect(await (await drawer()).findByText(/^412 plays count/)).toBeVisible();
  });

  it('says that the window is not counted yet', async () => {
    chart();
    api.explanationProblem(404, 'not_computed');
    renderRoute(`/?region=GB&open=${SONG_ID}`);
    expect(await (await drawer()).findByText(/not counted yet/)).toBeVisible();
  });

  it('closes by its button, and the address forgets it', async () => {
    chart();
    api.explanation(() => makeExplanation());
    const { user, address } = renderRoute(`/?region=GB&open=${SONG_ID}`);
    await user.click((await drawer()).getByRole('button', { name: 'Close' }));
    expect(address()).toBe('/?region=GB');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
