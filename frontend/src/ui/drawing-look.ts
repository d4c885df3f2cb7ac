/** How every drawing looks, as properties of Recharts' parts. */
export const axisLook = {
  tick: { fill: 'var(--color-quiet)', fontSize: 13 },
  tickLine: false,
  axisLine: false,
} as const;

/** Ranks, 1 on top, as far down as the line goes and never less than ten. */
export const rankAxis = {
  reversed: true,
  domain: [1, (worst: number) => Math.max(10, worst)] as [number, (worst: number) => number],
  ticks: [1, 5, 10, 20, 40, 60, 80, 100],
  interval: 0,
  width: 40,
  ...axisLook,
} as const;

export const tooltipLook = {
  contentStyle: {
    background: 'var(--color-raised)',
    border: '1px solid var(--color-line)',
    borderRadius: 12,
  },
  itemStyle: { color: 'var(--color-ink)' },
} as const;
