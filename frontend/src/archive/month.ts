/** A month of UTC such as `2026-11`, and its days. */
export const monthOf = (time: number) => new Date(time).toISOString().slice(0, 7);

export function monthBeside(month: string, steps: number) {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + steps);
  return date.toISOString().slice(0, 7);
}

const firstOf = (month: string) => `${month}-01T00:00:00.000Z`;

/** First instant of the month and of the next one. */
export const spanOf = (month: string) => ({ from: firstOf(month), to: firstOf(monthBeside(month, 1)) });

/** Its days in weeks from Monday to Sunday; null for the days of other months. */
export function weeksOf(month: string): (string | null)[][] {
  const first = new Date(firstOf(month));
  const days = Math.round((Date.parse(firstOf(monthBeside(month, 1))) - first.getTime()) / 86_400_000);
  const before = (first.getUTCDay() + 6) % 7;
  const cells = Array.from({ length: Math.ceil((before + days) / 7) * 7 }, (_, place) => {
    const day = place - before + 1;
    return day < 1 || day > days ? null : `${month}-${String(day).padStart(2, '0')}`;
  });
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
