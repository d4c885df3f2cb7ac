import { screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { makeStage, makeStatus } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const stages = async () =>
  within(await screen.findByRole('region', { name: 'Stages' })).getAllByRole('listitem');

describe('the pipeline page', () => {
  it('shows each stage with its state in a word, its lag and its last error', async () => {
    api.status(
      makeStatus({
        stages: [
          makeStage({ stage: 'ingest' }),
          makeStage({ stage: 'silver', status: 'late', lag_seconds: 41.5, lag_plays: 1_902 }),
          makeStage({
            stage: 'charts',
            status: 'down',
            last_success: null,
            last_error: 'ranks_are_dense failed',
            lag_seconds: null,
          }),
        ],
      }),
    );
    renderRoute('/pipeline');
    const [ingest, silver, charts] = await stages();
    expect(within(ingest as HTMLElement).getByTitle(/^\d\d:\d\d:\d\d \(\d\d:\d\d:\d\d UTC\)$/)).toBeVisible();
    expect(ingest).toHaveTextContent(/On time.*1\.8 s.*37.*seconds ago/);
    expect(silver).toHaveTextContent(/Late.*42 s.*1,902/);
    expect(charts).toHaveTextContent(/Down.*not known.*never.*Last error: ranks_are_dense failed/);
  });

  it('does not show an old error of a stage that works again', async () => {
    api.status(makeStatus({ stages: [makeStage({ stage: 'counts', last_error: 'was away' })] }));
    renderRoute('/pipeline');
    expect((await stages())[0]).not.toHaveTextContent('was away');
  });

  it('says through when charts are complete', async () => {
    api.status(makeStatus());
    renderRoute('/pipeline');
    expect(
      await screen.findByText(/^Charts hold every play accepted before .* UTC\), \d seconds ago\./),
    ).toBeVisible();
  });

  it('says that a new system has no chart yet', async () => {
    api.status(makeStatus({ complete_through: null, checks: [] }));
    renderRoute('/pipeline');
    expect(await screen.findByText('No chart has been computed yet.')).toBeVisible();
    expect(screen.getByText('No check has run yet.')).toBeVisible();
  });

  it('tells checks that hold from broken ones in words', async () => {
    api.status(
      makeStatus({
        checks: [
          { name: 'conservation', holds: true, at: '2026-11-22T14:32:04Z' },
          { name: 'hours sum to day', holds: false, at: '2026-11-22T14:32:04Z' },
        ],
      }),
    );
    renderRoute('/pipeline');
    const conservation = await screen.findByRole('row', { name: /conservation/ });
    expect(conservation).toHaveTextContent('Adds up');
    expect(conservation).toHaveTextContent('Sun, 22 Nov 2026, 15:32:04 (14:32:04 UTC)');
    expect(screen.getByRole('row', { name: /hours sum to day/ })).toHaveTextContent('Does not add up');
  });

  it('links to Prefect, lineage and API docs, also when the state cannot be loaded', async () => {
    api.statusProblem(503);
    renderRoute('/pipeline');
    expect(await screen.findByRole('alert')).toHaveTextContent('The state could not be loaded');
    expect(screen.getByRole('link', { name: /Prefect/ })).toHaveAttribute('href', 'http://localhost:4200');
    expect(screen.getByRole('link', { name: /Lineage/ })).toHaveAttribute('href', '/lineage');
    expect(screen.getByRole('link', { name: /API docs/ })).toHaveAttribute('href', '/docs');
  });

  it('keeps the last good numbers when updates fail', async () => {
    api.status(makeStatus());
    const { refresh } = renderRoute('/pipeline');
    await stages();
    api.statusProblem(503);
    void refresh('status');
    expect(await screen.findByText(/^Updates fail at the moment/)).toBeVisible();
    expect(await stages()).toHaveLength(6);
  });
});
