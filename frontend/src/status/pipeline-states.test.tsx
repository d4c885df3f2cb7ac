import { onlineManager } from '@tanstack/react-query';
import { screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { makeStatus } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const stages = () => screen.findByRole('region', { name: 'Stages' });

describe('the states of the pipeline page', () => {
  it('keep the place of the stages while they load', async () => {
    api.never('status');
    renderRoute('/pipeline');
    expect(await screen.findByText('Loading the state')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('say that the api cannot be reached, and show the stages when it can', async () => {
    api.unreachable('status');
    const { user } = renderRoute('/pipeline');
    expect(await screen.findByRole('alert')).toHaveTextContent('Top Songs cannot be reached');
    api.status(makeStatus());
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await stages()).toBeVisible();
  });

  it('say what the api answered', async () => {
    api.statusProblem(503);
    renderRoute('/pipeline');
    expect(await screen.findByRole('alert')).toHaveTextContent('Postgres is away. The other pages');
  });

  it('say that the viewer is offline, and load when the connection is back', async () => {
    api.status(makeStatus());
    onlineManager.setOnline(false);
    renderRoute('/pipeline');
    expect(await screen.findByRole('alert')).toHaveTextContent('You are offline');
    onlineManager.setOnline(true);
    expect(await stages()).toBeVisible();
  });

  it('keep what was loaded when the viewer goes offline', async () => {
    api.status(makeStatus());
    const { refresh } = renderRoute('/pipeline');
    await stages();
    onlineManager.setOnline(false);
    void refresh('status');
    expect(await screen.findByText(/^You are offline. This is what was loaded last/)).toBeVisible();
    expect(await stages()).toBeVisible();
  });

  it('say how old an answer is that the api repeats while its database is away', async () => {
    api.status(makeStatus(), 95);
    renderRoute('/pipeline');
    expect(await screen.findByText(/^The charts’ database does not answer.*2 minutes old/)).toBeVisible();
    expect(await stages()).toBeVisible();
  });

  it('keep the place of the sums while they load, and say when they fail', async () => {
    api.status(makeStatus());
    api.never('reconciliation');
    const { queries } = renderRoute('/pipeline');
    expect(await screen.findByText('Loading the sums of the day')).toBeInTheDocument();
    api.unreachable('reconciliation');
    void queries.resetQueries({ queryKey: ['reconciliation'] });
    expect(await screen.findByText('The sums could not be loaded.')).toBeVisible();
    expect(await stages()).toBeVisible();
  });
});
