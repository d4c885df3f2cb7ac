import { onlineManager } from '@tanstack/react-query';
import { screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { HOUR, makeHistory, SONG_ID } from '../testing/answers';
import { makePlacement } from '../testing/archive';
import { makeChart } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const page = `/songs/${SONG_ID}?region=GB`;
const title = () => screen.findByRole('heading', { level: 1, name: 'Morning Ferry' });

function answers(age = 0) {
  api.history(() => makeHistory([[HOUR, 1]]), age);
  api.chart(() => makeChart({ window_start: HOUR }));
}

describe('the states of a song', () => {
  it('keep their place while it loads', async () => {
    api.never('history');
    renderRoute(page);
    expect(await screen.findByText('Loading the song')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('say that the api cannot be reached, and show the song when it can', async () => {
    api.unreachable('history');
    const { user } = renderRoute(page);
    expect(await screen.findByRole('alert')).toHaveTextContent('Top Songs cannot be reached');
    answers();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await title()).toBeVisible();
  });

  it('say what the api answered', async () => {
    api.historyProblem(503);
    renderRoute(page);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The song could not be loadedPostgres is away. The other pages',
    );
  });

  it('say that there is no such region, and lead to the song worldwide', async () => {
    api.historyProblem(404, 'unknown_region');
    renderRoute(`/songs/${SONG_ID}?region=XX`);
    expect(await screen.findByRole('alert')).toHaveTextContent('There is no region “XX”');
    expect(screen.getByRole('link', { name: 'See the song worldwide' })).toHaveAttribute(
      'href',
      `/songs/${SONG_ID}`,
    );
  });

  it('say that the viewer is offline, and load when the connection is back', async () => {
    answers();
    onlineManager.setOnline(false);
    renderRoute(page);
    expect(await screen.findByRole('alert')).toHaveTextContent('You are offline');
    onlineManager.setOnline(true);
    expect(await title()).toBeVisible();
  });

  it('keep what was loaded when the viewer goes offline', async () => {
    answers();
    const { refresh } = renderRoute(page);
    await title();
    onlineManager.setOnline(false);
    void refresh('history');
    expect(await screen.findByText(/^You are offline. This is what was loaded last/)).toBeVisible();
    expect(await title()).toBeVisible();
  });

  it('say how old an answer is that the api repeats while its database is away', async () => {
    answers(185);
    renderRoute(page);
    expect(await screen.findByText(/^The charts’ database does not answer.*3 minutes old/)).toBeVisible();
    expect(await title()).toBeVisible();
  });

  it('do not call an answer old that the api kept for a moment', async () => {
    answers(2);
    renderRoute(page);
    await title();
    expect(screen.queryByText(/^The charts’ database does not answer/)).toBeNull();
  });

  it('say that the regions failed, and load them again', async () => {
    answers();
    api.placementsProblem(503);
    const { user } = renderRoute(page);
    expect(await screen.findByText('The regions could not be loaded.')).toBeVisible();
    expect(await title()).toBeVisible();
    api.placements([makePlacement('GB', 'United Kingdom', 1)]);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table', { name: 'Where it charts' })).toBeVisible();
  });
});
