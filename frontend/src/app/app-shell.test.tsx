import { onlineManager } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { makeChart, makeStatus } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

describe('the frame of every page', () => {
  it('leads from the charts to the pipeline and marks the page', async () => {
    api.chart(() => makeChart());
    api.status(makeStatus());
    const { user, address } = renderRoute('/?region=GB');
    await user.click(await screen.findByRole('link', { name: 'Pipeline' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Pipeline' })).toBeVisible();
    expect(address()).toBe('/pipeline');
    expect(screen.getByRole('link', { name: 'Pipeline' })).toHaveAttribute('aria-current', 'page');
    expect(screen.getByRole('link', { name: 'Charts' })).not.toHaveAttribute('aria-current');
  });

  it('says that there is no such page and leads to the charts', async () => {
    api.chart(() => makeChart());
    const { user, address } = renderRoute('/nowhere');
    expect(await screen.findByText('There is no such page')).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'Go to the charts' }));
    expect(address()).toBe('/');
  });

  it('changes the theme and remembers it', async () => {
    api.chart(() => makeChart());
    const { user } = renderRoute('/');
    await user.click(await screen.findByRole('button', { name: 'Use the dark theme' }));
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(localStorage.getItem('theme')).toBe('dark');
    expect(screen.getByRole('button', { name: 'Use the light theme' })).toBeVisible();
  });

  it('says that the viewer is offline, and loads the chart when the connection is back', async () => {
    api.chart(() => makeChart());
    onlineManager.setOnline(false);
    renderRoute('/');
    expect(await screen.findByRole('alert')).toHaveTextContent('You are offline');
    onlineManager.setOnline(true);
    expect(await screen.findByRole('table', { name: /^Top songs in/ })).toBeVisible();
  });
});
