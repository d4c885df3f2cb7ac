import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { HOUR, makeCounts, makeExplanation, SONG_ID } from '../testing/answers';
import { makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const chart = () =>
  api.chart(() =>
    makeChart({ window_start: HOUR }, [makeEntry({ song_id: SONG_ID, title: 'Morning Ferry' })]),
  );
const drawer = async () => within(await screen.findByRole('dialog', { name: 'Why this number?' }));

describe('the explanation of a number', () => {
  it('opens from its row, is in the address, and says the sentence first', async () => {
    chart();
    const asked = api.explanation(() => makeExplanation());
    const { user, address } = renderRoute('/?region=GB');
    await user.click(await screen.findByRole('link', { name: 'Why this number for Morning Ferry?' }));
    const sentence = await (await drawer()).findByText(/^412 plays count for this song in United Kingdom/);
    expect(sentence).toHaveTextContent('14:00–15:00 UTC · Sun, 22 Nov 2026 (15:00 local)');
    expect(address()).toBe(`/?region=GB&open=${SONG_ID}`);
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
      expect.stringMatching(/^Copies−2/),
      expect.stringMatching(/^Plays429/),
      expect.stringMatching(/^Too short−14Heard for less than 30 seconds/),
      expect.stringMatching(/^Over the limit−3More than 10 of one listener/),
      expect.stringMatching(/^Counted412/),
    ]);
    expect(within(steps).getByRole('link', { name: 'The rule: Too short' })).toHaveAttribute(
      'href',
      '/rules#length',
    );
    expect((await drawer()).getByText(/^6 of the plays came late/)).toBeVisible();
  });

  it('shows the regions that the worldwide number is made of, and the hours of a day', async () => {
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
    expect(hours).toHaveTextContent('14:00–15:00 UTC111');
  });

  it('says that the counts are newer than the chart', async () => {
    chart();
    api.explanation(() => makeExplanation({ is_charted: false }));
    renderRoute(`/?region=GB&open=${SONG_ID}`);
    expect(await (await drawer()).findByText(/seconds newer than the chart/)).toBeVisible();
  });

  it('says when it could not be loaded, and tries again', async () => {
    chart();
    api.explanationProblem(503, 'database_away');
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
