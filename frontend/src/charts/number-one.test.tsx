import { screen, within } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { makeHistory } from '../testing/answers';
import { hoursAgo, makeChart, makeEntry } from '../testing/builders';
import { renderRoute } from '../testing/render-route';
import { api } from '../testing/server';

const section = async () =>
  within(await screen.findByRole('region', { name: 'Number 1 in the United Kingdom' }));
const first = (entry: object) => makeEntry({ rank: 1, title: 'Ferry', plays: 286, listeners: 97, ...entry });
const second = makeEntry({ rank: 2, plays: 217 });
const window = hoursAgo(1);

describe('number one', () => {
  it('says in one sentence how many plays, how far ahead and since when', async () => {
    api.chart(() => makeChart({ window_start: window }, [first({ movement: 'same' }), second]));
    const asked = api.history(() =>
      makeHistory([
        [hoursAgo(3), 1],
        [hoursAgo(2), 1],
        [window, 1],
      ]),
    );
    renderRoute(`/?region=GB&window=${window}`);
    const sentence = await (await section()).findByText(/Number 1 for 3 hours\./);
    expect(sentence).toHaveTextContent('286 plays by 97 listeners in this hour, 69 ahead of number 2.');
    expect(asked).toHaveLength(1);
  });

  it.each([
    [{ movement: 'up', previous_rank: 3 }, 'Up from number 3.'],
    [{ movement: 'new', previous_rank: null }, 'New on this chart.'],
    [{ movement: 're_entry', previous_rank: null }, 'Back on this chart.'],
  ])('says where it came from: %j', async (entry, words) => {
    api.chart(() => makeChart({ window_start: window }, [first(entry), second]));
    renderRoute(`/?region=GB&window=${window}`);
    expect(await (await section()).findByText(new RegExp(words))).toBeVisible();
  });

  it('claims no lead where there is none', async () => {
    api.chart(() => makeChart({ window_start: window }, [first({ movement: 'new', plays: 217 }), second]));
    renderRoute(`/?region=GB&window=${window}`);
    expect(await (await section()).findByText(/as many plays as number 2/)).toBeVisible();
  });
});
