import { screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { renderRoute } from '../testing/render-route';

describe('the page about the site', () => {
  it('is reached from the footer, and says sources, how to cite and the licence', async () => {
    const { user, address } = renderRoute('/rules');
    const footer = within(await screen.findByRole('contentinfo'));
    await user.click(footer.getByRole('link', { name: 'About' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'About Top Songs' })).toBeVisible();
    expect(address()).toBe('/about');
    const heads = screen.getAllByRole('heading', { level: 2 }).map((head) => head.textContent);
    expect(heads).toEqual(
      expect.arrayContaining(['Where the numbers come from', 'How to cite a chart', 'Licence']),
    );
  });

  it('stands beside the listeners’ pages, apart from those for operators', async () => {
    renderRoute('/rules');
    const footer = within(await screen.findByRole('contentinfo'));
    const groups = footer.getAllByRole('navigation').map((group) =>
      within(group)
        .getAllByRole('link')
        .map((link) => link.textContent),
    );
    expect(groups).toEqual([
      ['All number ones', 'Number 1 around the world', 'Search songs and artists'],
      ['About', 'How it counts'],
      ['Is it up to date?', 'For developers'],
    ]);
  });
});
