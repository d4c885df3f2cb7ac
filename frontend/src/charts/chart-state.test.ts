import { describe, expect, it } from 'vitest';
import { makeChart } from '../testing/builders';
import { stateOf } from './chart-state';

const START = '2026-11-22T14:00:00Z';
const at = (clock: string) => Date.parse(`2026-11-22T${clock}Z`);
const offline = { problem: null, detail: undefined, isOffline: true };
const failing = { problem: new Error('503'), detail: 'away', isOffline: false };

interface Case {
  chart?: Partial<ReturnType<typeof makeChart>['chart']>;
  now?: string;
  isFollowed?: boolean;
  trouble?: typeof offline | typeof failing;
}

function state({ chart = {}, now = '14:32:00', isFollowed = true, trouble }: Case) {
  const complete_through = new Date(at(now) - 5_000).toISOString();
  const answer = {
    ...makeChart({ window_start: START, complete_through, ...chart }),
    age: 0,
    servedAt: at(now),
  };
  return stateOf(answer, 0, isFollowed, trouble as never);
}

describe('the word about a chart', () => {
  it('is live only for the newest chart while its numbers arrive', () => {
    expect(state({}).label).toBe('Live');
    expect(state({ isFollowed: false }).label).toBe('Still counting');
    expect(state({ trouble: offline }).label).toBe('Offline');
    expect(state({ trouble: failing }).label).toBe('Not updating');
  });

  it('says how far an open window is behind: amber, and red from a quarter of an hour', () => {
    const behind = state({ chart: { complete_through: '2026-11-22T14:28:55Z' } });
    expect([behind.label, behind.look]).toEqual(['3 min behind', 'text-warn']);
    const far = state({ chart: { complete_through: '2026-11-22T14:10:00Z' } });
    expect([far.label, far.look]).toEqual(['22 min behind', 'text-bad']);
  });

  it('never calls a window behind that was counted up to its end, however long ago', () => {
    const chart = { complete_through: '2026-11-22T15:01:00Z' };
    expect(state({ chart, now: '15:20:00' }).label).toBe('Settling');
    expect(state({ chart, now: '15:20:00', trouble: offline }).label).toBe('Settling');
  });

  it('is final when it is settled, and corrected when that changed', () => {
    const chart = { status: 'final' as const, complete_through: '2026-11-20T04:10:00Z' };
    expect(state({ chart }).label).toBe('Final');
    expect(state({ chart: { ...chart, revision: 2 } }).label).toBe('Corrected (version 2)');
  });

  it('stands on a new system, which has counted up to nothing yet', () => {
    expect(state({ chart: { complete_through: null } }).label).toBe('Live');
  });
});
