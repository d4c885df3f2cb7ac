import { useLayoutEffect, useRef } from 'react';

const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Lets rows that carry `data-song` glide from where they stood at the last render. */
export function useRowMotion() {
  const body = useRef<HTMLTableSectionElement>(null);
  const tops = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const before = tops.current;
    tops.current = new Map();
    for (const row of body.current?.rows ?? []) {
      const song = row.dataset.song ?? '';
      tops.current.set(song, row.offsetTop);
      glide(row, (before.get(song) ?? row.offsetTop) - row.offsetTop);
    }
  });
  return body;
}

function glide(row: HTMLElement, from: number) {
  if (from === 0 || still()) return;
  row.animate([{ transform: `translateY(${from}px)` }, { transform: 'none' }], {
    duration: 260,
    easing: 'ease-in-out',
  });
}
