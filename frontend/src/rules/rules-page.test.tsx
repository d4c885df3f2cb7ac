import { onlineManager } from '@tanstack/react-query';
import { screen, within } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

describe('the rules page', () => {
  it('has a link to every rule', async () => {
    renderRoute('/rules');
    const contents = within(await screen.findByRole('navigation', { name: 'Rules' }));
    const links = contents.getAllByRole('link');
    const targets = links.map((link) => link.getAttribute('href')?.slice(1) ?? '');
    expect(links.length).toBeGreaterThan(5);
    expect(targets.map((id) => document.getElementById(id)?.tagName)).toEqual(links.map(() => 'SECTION'));
  });

  it('asks the api for nothing, and so stands while it is away or the viewer offline', async () => {
    const asked = [api.unreachable('chart'), api.unreachable('status'), api.unreachable('regions')];
    onlineManager.setOnline(false);
    renderRoute('/rules');
    expect(await screen.findByRole('heading', { level: 1 })).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(asked.flat()).toEqual([]);
  });

  it('says that it failed, and can be loaded again, when it cannot be drawn', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    vi.doMock('./rules-page', () => {
      throw new Error('cut off');
    });
    vi.resetModules();
    const { renderRoute: renderAnew } = await import('../testing/render-route');
    const { loadTexts } = await import('../ui/texts/language');
    await loadTexts('en');
    renderAnew('/rules');
    expect(await screen.findByRole('alert')).toHaveTextContent('This part of the page failed');
    expect(screen.getByRole('button', { name: 'Load the page again' })).toBeVisible();
    vi.doUnmock('./rules-page');
  });
});
