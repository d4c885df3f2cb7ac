import { describe, expect, it } from 'vitest';
import { monthBeside, spanOf, weeksOf } from './month';

describe('a month', () => {
  it('has weeks from Monday to Sunday', () => {
    const weeks = weeksOf('2026-11');
    expect(weeks).toHaveLength(6);
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(weeks[5]).toEqual(['2026-11-30', null, null, null, null, null, null]);
  });

  it('fills four weeks where it can', () => {
    expect(weeksOf('2027-02').flat()).toEqual(
      Array.from({ length: 28 }, (_, day) => `2027-02-${String(day + 1).padStart(2, '0')}`),
    );
  });

  it('goes on over the end of a year', () => {
    expect(monthBeside('2026-12', 1)).toBe('2027-01');
    expect(monthBeside('2026-01', -1)).toBe('2025-12');
    expect(spanOf('2026-12').to).toBe('2027-01-01T00:00:00.000Z');
  });
});
