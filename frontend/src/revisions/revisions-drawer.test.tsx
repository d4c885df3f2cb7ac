import { screen, within } from '@testing-library/react';
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
    await user.click(await screen.findByRole('link', { name: 'Restated (revision 2)' }));
    expect(address()).toBe('/?region=GB&open=revisions');
    const newest = await screen.findByRole('region', { name: 'Revision 2' });
    expect(newest).toHaveTextContent('shown now');
    expect(newest).toHaveTextContent('Plays arrived after the chart was final.');
    expect(newest).toHaveTextContent('Still open');
    expect(newest).toHaveTextContent('Opened Mon, 23 Nov 2026, 07:15:20 UTC (08:15:20 local)');
    const moved = within(newest).getByRole('row', { name: /Morning Ferry/ });
    expect(moved).toHaveTextContent('not on the chart1 · 412 plays');
    expect(screen.getByRole('region', { name: 'Revision 1' })).toHaveTextContent('first became final');
  });

  it('keep the chart when they cannot be loaded', async () => {
    api.chart(() => makeChart({ status: 'final', revision: 2 }));
    api.revisionsProblem(503);
    renderRoute('/?region=GB&open=revisions');
    expect(await screen.findByText('The revisions could not be loaded')).toBeVisible();
    expect(screen.getByRole('table', { name: /^Top songs/, hidden: true })).toBeInTheDocument();
  });
});
