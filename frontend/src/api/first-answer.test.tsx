import { screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const url = 'http://localhost:8000/charts/hourly?region=GB&history=12';
const hero = (title: string) => screen.findByRole('heading', { level: 2, name: title });

describe('an answer that was asked for before the code was there', () => {
  it('is taken in place of a request, once', async () => {
    const asked = api.chart(() => makeChart({}, [makeEntry({ title: 'Second' })]));
    const answer = Promise.resolve(Response.json(makeChart({}, [makeEntry({ title: 'First' })])));
    globalThis.firstAnswer = { url, answer };
    const { refresh } = renderRoute('/?region=GB');
    expect(await hero('First')).toBeVisible();
    expect(asked).toHaveLength(0);
    await refresh('chart');
    expect(await hero('Second')).toBeVisible();
  });

  it('gives way to a request when it failed', async () => {
    api.chart(() => makeChart({}, [makeEntry({ title: 'Second' })]));
    const answer = Promise.reject(new TypeError('cut off'));
    // As public/first.js does: the page may take the answer later than it fails.
    answer.catch(() => undefined);
    globalThis.firstAnswer = { url, answer };
    renderRoute('/?region=GB');
    expect(await hero('Second')).toBeVisible();
  });

  it('is left alone by another address', async () => {
    api.chart(() => makeChart({}, [makeEntry({ title: 'Second' })]));
    globalThis.firstAnswer = { url: `${url}&hour=x`, answer: Promise.resolve(Response.error()) };
    renderRoute('/?region=GB');
    expect(await hero('Second')).toBeVisible();
    globalThis.firstAnswer = undefined;
  });
});
