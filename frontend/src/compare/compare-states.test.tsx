import { onlineManager } from '@tanstack/react-query';
import { screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { HOUR } from '../testing/answers';
import { makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const page = '/compare?regions=GB,BR';
const pinned = `${page}&window=${HOUR}`;
const song = () => screen.findByRole('row', { name: /In GB/ });

function answers(age = 0) {
  api.windows([{ window_start: HOUR, status: 'provisional', revision: 1, total_plays: 9 }]);
  api.chart((asked) => {
    const region = asked.searchParams.get('region') ?? '';
    return makeChart({ region, window_start: HOUR }, [
      makeEntry({ title: `In ${region}`, song_id: `s2_${region}` }),
    ]);
  }, age);
}

describe('the states of the compare page', () => {
  it('keep the place of every column while it loads', async () => {
    answers();
    api.never('chart');
    renderRoute(page);
    expect(await screen.findAllByText('Loading the chart')).toHaveLength(2);
  });

  it('keep the place of every column while the newest window is asked for', async () => {
    api.never('windows');
    renderRoute(page);
    expect(await screen.findAllByText('Loading the chart')).toHaveLength(2);
  });

  it('say that the api cannot be reached, and show the charts when it can', async () => {
    api.unreachable('windows');
    const { user } = renderRoute(page);
    expect(await screen.findByRole('alert')).toHaveTextContent('Top Songs cannot be reached');
    answers();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await song()).toBeVisible();
  });

  it('say in each column that it cannot be reached when the address names the window', async () => {
    api.unreachable('chart');
    renderRoute(pinned);
    expect(await screen.findAllByText('This chart could not be loaded. We keep trying.')).toHaveLength(2);
  });

  it('show the world alone when the regions cannot be loaded and the address names none', async () => {
    answers();
    api.unreachable('regions');
    renderRoute('/compare');
    expect(await screen.findByRole('row', { name: /In global/ })).toBeVisible();
  });

  it('say that the viewer is offline, and load when the connection is back', async () => {
    answers();
    onlineManager.setOnline(false);
    renderRoute(page);
    expect(await screen.findByRole('alert')).toHaveTextContent('You are offline');
    onlineManager.setOnline(true);
    expect(await song()).toBeVisible();
  });

  it('say in each column that the viewer is offline when the address names the window', async () => {
    onlineManager.setOnline(false);
    renderRoute(pinned);
    expect(
      await screen.findAllByText('You are offline. This chart loads when the connection is back.'),
    ).toHaveLength(2);
  });

  it('keep the last good charts when updates fail', async () => {
    answers();
    const { refresh } = renderRoute(page);
    await song();
    api.chartProblem(503, 'database_unavailable');
    void refresh('chart');
    expect(await screen.findByText(/^Updates fail at the moment/)).toBeVisible();
    expect(await song()).toBeVisible();
  });

  it('say how old charts are that the api repeats while its database is away', async () => {
    answers(7_300);
    renderRoute(page);
    expect(await screen.findByText(/^The charts’ database does not answer.*2 hours old/)).toBeVisible();
    expect(await song()).toBeVisible();
  });
});
