import { screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { makeRevisions } from '../testing/answers';
import { makeChart } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

describe('the revisions of a restated chart', () => {
  it('open from the badge and say who moved and why', async () => {
    api.chart(() => makeChart({ status: 'final', revision: 2 }));
    api.revisions(makeRevisions());
    const { user, address } = renderRoute('/?region=GB');
    await user.click(await screen.findByRole('button', { name: /^Corrected \(version 2\)/ }));
    await user.click(screen.getByRole('link', { name: 'See what changed' }));
    expect(address()).toBe('/?region=GB&open=revisions');
    const newest = await screen.findByRole('region', { name: 'Version 2' });
    expect(newest).toHaveTextContent('shown now');
    expect(newest).toHaveTextContent('Plays arrived after the chart was final.');
    expect(newest).toHaveTextContent('Still open');
    expect(newest).toHaveTextContent('Since Mon, 23 Nov 2026, 08:15:20 (07:15:20 UTC)');
    const moved = within(newest).getByRole('row', { name: /Morning Ferry/ });
    expect(moved).toHaveTextContent('not on the chart1 · 412 plays');
    const first = screen.getByRole('region', { name: 'Version 1' });
    expect(first).toHaveTextContent('first became final');
    const asked = api.chart(() => makeChart({ status: 'final', revision: 1 }));
    await user.click(within(first).getByRole('link', { name: 'See this version' }));
    expect(await screen.findByText(/^This is version 1 of this chart/)).toBeVisible();
    await waitFor(() => expect(asked).not.toHaveLength(0));
    expect(new URL(asked[0]?.url ?? '').searchParams.get('revision')).toBe('1');
    await user.click(screen.getByRole('link', { name: 'See the current one' }));
    expect(address()).not.toContain('revision');
  });

  it('keep the chart when they cannot be loaded', async () => {
    api.chart(() => makeChart({ status: 'final', revision: 2 }));
    api.revisionsProblem(503);
    renderRoute('/?region=GB&open=revisions');
    expect(await screen.findByText('The versions could not be loaded')).toBeVisible();
    expect(screen.getByRole('table', { name: /^Top songs/, hidden: true })).toBeInTheDocument();
  });
});
