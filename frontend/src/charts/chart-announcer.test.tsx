import { screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { makeHistory } from '../testing/answers';
import { makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const WINDOW = '2026-11-20T14:00:00Z';
const said = (text: string | RegExp) => screen.findByText(text, { selector: '[role=status]' });

function answers() {
  api.history(() => makeHistory([]));
  api.chart(({ searchParams }) =>
    makeChart(
      {
        region: searchParams.get('region') ?? '',
        window_start: searchParams.get('hour') ?? WINDOW,
        status: 'final',
      },
      [makeEntry({ title: `First of ${searchParams.get('region')}` })],
    ),
  );
}

describe('what screen readers are told', () => {
  it('is the hour and its number one after a step', async () => {
    answers();
    const { user } = renderRoute(`/?region=GB&window=${WINDOW}`);
    await screen.findAllByText('First of GB');
    await user.click(screen.getByRole('link', { name: 'Previous hour' }));
    expect(
      await said('United Kingdom, 14:00–15:00, Fri, 20 Nov 2026. Number 1: First of GB by An Artist.'),
    ).toBeInTheDocument();
  });

  it('is the region and its number one after another is chosen', async () => {
    answers();
    const { user } = renderRoute(`/?region=GB&window=${WINDOW}`);
    await user.click(await screen.findByRole('button', { description: 'Choose a region' }));
    await user.click(await screen.findByRole('option', { name: 'Brazil' }));
    expect(await said(/^Brazil, .*Number 1: First of BR by An Artist\.$/)).toBeInTheDocument();
  });
});
