import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Chart } from '../api/shapes';
import { makeChart, secondsAgo } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const badge = async (chart: Partial<Chart['chart']>, label: RegExp, role = 'button') => {
  api.chart(() => makeChart(chart));
  renderRoute('/');
  return screen.findByRole(role, { name: label });
};

describe('the freshness badge', () => {
  it('calls a chart that may change provisional', async () => {
    expect(await badge({}, /^Provisional$/)).toHaveAccessibleDescription(/can change/);
  });

  it('calls a settled chart final, however old it is', async () => {
    const settled = { status: 'final' as const, complete_through: '2026-11-20T04:10:00Z' };
    expect(await badge(settled, /^Final$/)).toHaveAccessibleDescription(
      /Every play of this window is counted/,
    );
  });

  it('calls a final chart that changed restated, with its revision', async () => {
    const restated = { status: 'final' as const, revision: 2 };
    expect(await badge(restated, /^Restated \(revision 2\)$/, 'link')).toHaveAccessibleDescription(
      /this is revision 2/,
    );
  });

  it('calls an open chart stale when it is not complete through the last minute, and says for how long', async () => {
    expect(
      await badge({ complete_through: secondsAgo(185) }, /^Stale for 3 minutes$/),
    ).toHaveAccessibleDescription(/last good chart/);
  });

  it('does not call a chart stale within the minute', async () => {
    expect(await badge({ complete_through: secondsAgo(50) }, /^Provisional$/)).toBeVisible();
  });

  it('shows a chart of a new system, which is complete through nothing yet', async () => {
    expect(await badge({ complete_through: null }, /^Provisional$/)).toBeVisible();
    expect(screen.queryByText(/complete through/)).toBeNull();
  });
});
