import { screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { makeReconciliation } from '../testing/answers';
import { makeStatus } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const whole = { plays: 10, raw_plays: 12, too_short: 1, over_cap: 1, duplicates: 3, late: 0 };
const section = async () => within(await screen.findByRole('region', { name: /^Do the numbers add up/ }));

describe('the sums of the day', () => {
  it('show both numbers of each sum and whether it holds', async () => {
    api.status(makeStatus());
    api.reconciliation(makeReconciliation([{ whole, sum_of_parts: { ...whole, plays: 9 }, holds: false }]));
    renderRoute('/pipeline');
    const row = await (await section()).findByRole('row', { name: /Hours = day/ });
    expect(row).toHaveTextContent(/United Kingdom.*Sun, 22 Nov 2026.*109✗ Does not add up$/);
  });

  it('show what was received against what became of it', async () => {
    api.status(makeStatus());
    renderRoute('/pipeline');
    expect(await (await section()).findByText('310,244')).toBeVisible();
    expect((await section()).getByText('12')).toBeVisible();
  });

  it('show another counter on request', async () => {
    api.status(makeStatus());
    api.reconciliation(makeReconciliation([{ whole, sum_of_parts: whole }]));
    const { user } = renderRoute('/pipeline');
    await user.selectOptions(await (await section()).findByLabelText('Number to add up'), 'Sent twice');
    expect((await section()).getByRole('row', { name: /Hours = day/ })).toHaveTextContent(/33✓ Adds up$/);
  });

  it('leave the numbers out where they would tell of songs with few listeners', async () => {
    api.status(makeStatus());
    api.reconciliation(makeReconciliation([{ withheld: true, whole: null, sum_of_parts: null }]));
    renderRoute('/pipeline');
    const row = await (await section()).findByRole('row', { name: /Hours = day/ });
    expect(row).toHaveTextContent(/not shownnot shown✓ Adds up$/);
  });

  it('show the first few, and all on request', async () => {
    api.status(makeStatus());
    const regions = ['AR', 'BR', 'CA', 'DE', 'ES', 'FR', 'GB', 'HU', 'IS', 'JP'];
    api.reconciliation(makeReconciliation(regions.map((region) => ({ region }))));
    const { user } = renderRoute('/pipeline');
    await user.click(await (await section()).findByRole('button', { name: 'Show all 10 sums' }));
    expect((await section()).getAllByRole('row')).toHaveLength(11);
  });

  it.each([
    [404, 'not_computed', 'No day has been counted yet.'],
    [503, 'database_unavailable', 'The sums could not be loaded.'],
  ])('say why there are none when the api answers %i %s', async (status, code, sentence) => {
    api.status(makeStatus());
    api.reconciliationProblem(status, code);
    renderRoute('/pipeline');
    expect(await (await section()).findByText(sentence)).toBeVisible();
  });
});
