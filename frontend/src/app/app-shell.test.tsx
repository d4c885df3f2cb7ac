import { onlineManager } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { makeChart, makeStatus } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

describe('the frame of every page', () => {
  it('leads from the charts to another page, marks it, focuses it and says its title', async () => {
    api.chart(() => makeChart());
    const { user, address } = renderRoute('/?region=GB');
    await user.click(await screen.findByRole('link', { name: 'Compare' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Compare' })).toBeVisible();
    expect(address()).toBe('/compare?regions=GB,global');
    expect(screen.getByRole('link', { name: 'Compare' })).toHaveAttribute('aria-current', 'page');
    expect(screen.getByRole('link', { name: 'Charts' })).not.toHaveAttribute('aria-current');
    await waitFor(() => expect(screen.getByRole('main')).toHaveFocus());
    expect(
      await screen.findByText(/Compare · Top Songs$/, { selector: '[role=status]' }),
    ).toBeInTheDocument();
  });

  it('keeps the region through every page of the menu', async () => {
    api.chart(() => makeChart());
    api.status(makeStatus());
    const { user, address } = renderRoute('/?region=GB');
    await user.click(await screen.findByRole('link', { name: 'Is it up to date?' }));
    await screen.findByRole('heading', { level: 1, name: 'Is it up to date?' });
    await user.click(screen.getByRole('link', { name: 'Charts' }));
    expect(address()).toBe('/?region=GB');
  });

  it('leads to the region that was chosen on this device before', async () => {
    localStorage.setItem('region', 'BR');
    api.chart(() => makeChart({ region: 'BR' }));
    const { address } = renderRoute('/');
    expect(await screen.findByRole('heading', { level: 1, name: 'Top songs in Brazil' })).toBeVisible();
    expect(address()).toBe('/?region=BR');
  });

  it('stands where the browser refuses storage', async () => {
    const refuse = () => {
      throw new DOMException('The document is sandboxed', 'SecurityError');
    };
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse);
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse);
    api.chart(() => makeChart({ region: 'NO' }));
    api.regions([['NO', 'Norway']]);
    const { user } = renderRoute('/');
    expect(await screen.findByRole('heading', { level: 1, name: 'Top songs in Norway' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: /^Theme: as the system/ }));
    expect(document.documentElement.dataset.theme).toBe('light');
  });

  it('says that there is no such page and leads to the charts', async () => {
    api.chart(() => makeChart());
    const { user, address } = renderRoute('/nowhere');
    expect(await screen.findByText('There is no such page')).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'Go to the charts' }));
    expect(address()).toBe('/?region=global');
  });

  it('changes the theme and remembers it', async () => {
    api.chart(() => makeChart());
    const { user } = renderRoute('/');
    await user.click(await screen.findByRole('button', { name: /Change to light/ }));
    await user.click(screen.getByRole('button', { name: /Change to dark/ }));
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(localStorage.getItem('theme')).toBe('dark');
    await user.click(screen.getByRole('button', { name: /Change to the system/ }));
    expect(document.documentElement.dataset.theme).toBeUndefined();
    expect(localStorage.getItem('theme')).toBeNull();
  });

  it('says that the viewer is offline, and loads the chart when the connection is back', async () => {
    api.chart(() => makeChart());
    onlineManager.setOnline(false);
    renderRoute('/');
    expect(await screen.findByRole('alert')).toHaveTextContent('You are offline');
    onlineManager.setOnline(true);
    expect(await screen.findByRole('table', { name: /^Top songs/ })).toBeVisible();
  });
});
