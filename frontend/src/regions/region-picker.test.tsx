import { screen, waitFor, within } from '@testing-library/preact';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeChart } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

describe('the region picker', () => {
  beforeEach(() => {
    api.chart(() => makeChart());
  });
  const open = async (address = '/?region=GB', isLoaded = true) => {
    const route = renderRoute(address);
    await route.user.click(await screen.findByRole('button', { description: 'Choose a region' }));
    if (isLoaded) await within(await screen.findByRole('listbox')).findAllByRole('option');
    return route;
  };
  const names = () =>
    within(screen.getByRole('listbox'))
      .getAllByRole('option')
      .map((option) => option.textContent);

  it('lists the regions that have charts, in the order of the api', async () => {
    await open();
    expect(names()).toEqual(['Global', 'Brazil', 'Canada', 'United Kingdom']);
    expect(within(screen.getByRole('listbox')).getByRole('option', { selected: true })).toHaveTextContent(
      'United Kingdom',
    );
  });

  it('finds a region by a part of its name or by its code', async () => {
    const { user } = await open();
    const search = screen.getByRole('combobox', { name: 'Search regions' });
    await waitFor(() => expect(search).toHaveFocus());
    await user.type(search, 'king');
    expect(names()).toEqual(['United Kingdom']);
    await user.clear(search);
    await user.type(search, 'br');
    expect(names()[0]).toBe('Brazil');
  });

  it.each([
    ['uk', 'United Kingdom'],
    ['england', 'United Kingdom'],
    ['brasil', 'Brazil'],
    ['world', 'Global'],
  ])('finds by %s what people mean', async (text, first) => {
    const { user } = await open();
    await user.keyboard(text);
    expect(names()[0]).toBe(first);
  });

  it('remembers the choice on this device', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('option', { name: 'Canada' }));
    expect(localStorage.getItem('region')).toBe('CA');
  });

  it('says when nothing matches', async () => {
    const { user } = await open();
    await user.keyboard('atlantis');
    expect(screen.getByText('No region with charts matches “atlantis”.')).toBeVisible();
  });

  it('is worked by keyboard: arrows move, Enter chooses and gives the focus back', async () => {
    const { user, address } = await open('/?region=BR&grain=day');
    await user.keyboard('{ArrowDown}');
    const active = screen
      .getByRole('combobox', { name: 'Search regions' })
      .getAttribute('aria-activedescendant');
    expect(document.getElementById(active ?? '')).toHaveTextContent('Canada');
    await user.keyboard('{Enter}');
    expect(address()).toBe('/?region=CA&grain=day');
    expect(screen.queryByRole('listbox')).toBeNull();
    await waitFor(() => expect(screen.getByRole('button', { name: /Canada/ })).toHaveFocus());
  });

  it('closes on Escape and when the focus goes elsewhere', async () => {
    const { user } = await open();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    await user.keyboard('{Enter}');
    expect(screen.getByRole('listbox')).toBeVisible();
    await user.click(screen.getByRole('button', { name: /^Theme/ }));
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('names the worldwide chart in the address', async () => {
    const { user, address } = await open();
    await user.click(screen.getByRole('option', { name: 'Global' }));
    expect(address()).toBe('/?region=global');
  });

  it('shows a flag for a country and a globe for all', async () => {
    await open();
    const [global, brazil] = screen.getAllByRole('option');
    expect(brazil?.querySelector('img')?.src).toMatch(/BR/);
    expect(within(global as HTMLElement).queryByRole('img')).toBeNull();
    expect(global?.querySelector('svg')).not.toBeNull();
  });

  it('says when the list could not be loaded, and tries again when asked', async () => {
    api.regionsProblem();
    const { user } = await open('/?region=GB', false);
    expect(await screen.findByText('The list of regions could not be loaded.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('United Kingdom');
  });
});
