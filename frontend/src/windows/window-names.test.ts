import { afterEach, describe, expect, it, vi } from 'vitest';

/** The names as a viewer in a time zone reads them. */
async function namesIn(zone: string) {
  vi.stubEnv('TZ', zone);
  vi.resetModules();
  const { loadTexts } = await import('../ui/texts/language');
  await loadTexts('en');
  return import('./window-names');
}
afterEach(() => vi.unstubAllEnvs());

describe('an hour by the viewer’s clock', () => {
  it.each([
    ['Europe/Oslo', '16:00–17:00, Mon, 30 Nov 2026 (15:00–16:00 UTC)'],
    ['Pacific/Auckland', '04:00–05:00, Tue, 1 Dec 2026 (15:00–16:00 UTC, Mon, 30 Nov 2026)'],
    ['Asia/Tokyo', '00:00–01:00, Tue, 1 Dec 2026 (15:00–16:00 UTC, Mon, 30 Nov 2026)'],
    ['Asia/Kolkata', '20:30–21:30, Mon, 30 Nov 2026 (15:00–16:00 UTC)'],
    ['UTC', '15:00–16:00 UTC, Mon, 30 Nov 2026'],
  ])('has the day of that clock in %s', async (zone, title) => {
    const { windowWithUtc } = await namesIn(zone);
    expect(windowWithUtc('2026-11-30T15:00:00Z', 'hour')).toBe(title);
  });
});

describe('the day of an hour', () => {
  it('is the one on which the viewer sees it begin, as short as it can be', async () => {
    const { dayTitle, shortDay } = await namesIn('Pacific/Auckland');
    expect(dayTitle('2026-11-30T15:00:00Z', 'hour')).toBe('Tue, 1 Dec 2026');
    const now = Date.parse('2026-11-30T16:00:00Z');
    expect(shortDay('2026-11-30T15:00:00Z', 'hour', now)).toBe('today');
    expect(shortDay('2026-11-30T10:00:00Z', 'hour', now)).toBe('Mon, 30 Nov');
    expect(shortDay('2025-11-30', 'day', now)).toBe('Sun, 30 Nov 2025');
  });
});

describe('a day of the charts', () => {
  it('is a day of UTC, and says when that is for the viewer', async () => {
    const { dayHere, windowTitle } = await namesIn('America/Los_Angeles');
    expect(windowTitle('2026-11-30', 'day')).toBe('Mon, 30 Nov 2026');
    expect(dayHere('2026-11-30')).toBe('UTC day, Sun 16:00 – Mon 16:00 your time');
  });
});
