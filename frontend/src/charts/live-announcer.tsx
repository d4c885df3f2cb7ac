import { useEffect, useRef, useState } from 'react';
import { english } from '../ui/english';
import { utcClock } from '../ui/times';
import type { ComputedChart } from './get-chart';

const QUIET_MS = 15_000;

const ranksOf = ({ entries }: ComputedChart) => new Map(entries.map(({ song_id, rank }) => [song_id, rank]));

/** Tells screen readers how many songs moved, at most every 15 s. Give it a key for each chart. */
export function LiveAnnouncer({ answer }: { answer: ComputedChart }) {
  const [sentence, setSentence] = useState('');
  const told = useRef({ at: answer.servedAt, ranks: ranksOf(answer) });
  useEffect(() => {
    const ranks = ranksOf(answer);
    const moved = [...ranks].filter(([song, rank]) => told.current.ranks.get(song) !== rank).length;
    if (moved === 0 || answer.servedAt - told.current.at < QUIET_MS) return;
    told.current = { at: answer.servedAt, ranks };
    setSentence(english.charts.updated(utcClock(new Date(answer.servedAt)), moved));
  }, [answer]);
  return (
    <p role="status" className="sr-only">
      {sentence}
    </p>
  );
}
