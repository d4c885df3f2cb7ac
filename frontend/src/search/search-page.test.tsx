import { screen, waitFor, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { makeFound } from '../testing/archive';
import { makeChart } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

describe('the search', () => {
  it('is reached from every page and has the focus', async () => {
    api.chart(() => makeChart());
    const { user } = renderRoute('/?region=GB');
    const [header] = await screen.findAllByRole('banner');
    const link = { name: 'Search songs and artists' };
    await user.click(within(header as HTMLElement).getByRole('link', link));
    const focused = await screen.findByRole('searchbox', { name: 'Song or artist' });
    await waitFor(() => expect(focused).toHaveFocus());
  });

  it('finds songs while the visitor types, and keeps the words in the address', async () => {
    const asked = api.search((q) =>
      q === 'example band' ? [makeFound('Morning Ferry', 'The Example Band')] : [],
    );
    const { user, address } = renderRoute('/find');
    await user.type(await screen.findByRole('searchbox'), ' example   band');
    expect(await screen.findByRole('link', { name: /Morning Ferry/ })).toBeVisible();
    expect(await screen.findByText('1 song')).toHaveAttribute('role', 'status');
    expect(address()).toMatch(/^\/find\?q=example(\+|%20)band$/);
    expect(asked.length).toBeLessThan(4);
  });

  it('leads to the song in the visitor’s region', async () => {
    localStorage.setItem('region', 'BR');
    api.search(() => [makeFound('Morning Ferry')]);
    renderRoute('/find?q=ferry');
    const link = await screen.findByRole('link', { name: /Morning Ferry/ });
    expect(link.getAttribute('href')).toMatch(/^\/songs\/s2_[0-9a-f]{16}\?region=BR&grain=day$/);
  });

  it('takes digits for words', async () => {
    const asked = api.search(() => [makeFound('99')]);
    renderRoute('/find?q=99');
    await waitFor(() => expect(new URL(asked[0]?.url ?? 'http://x').searchParams.get('q')).toBe('99'));
  });

  it('says that nothing was found', async () => {
    api.search(() => []);
    renderRoute('/find?q=xyzzy');
    expect(await screen.findByText('No song of the last 40 days matches “xyzzy”.')).toBeVisible();
  });
});
