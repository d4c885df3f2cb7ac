import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { texts } from '../ui/texts';
import { ALL, FIRST } from './chart-search';

/** From the first songs to the whole chart and back; absent where the chart has no more. */
export function ShowMore({ isWhole, songs }: { isWhole: boolean; songs: number }) {
  const wasPressed = useRef(false);
  useEffect(() => {
    if (!isWhole || !wasPressed.current) return;
    wasPressed.current = false;
    // On to the first of the songs that have appeared, not behind them all.
    const rows = document.querySelectorAll<HTMLElement>('tr[data-song] th a');
    rows[FIRST]?.focus();
  }, [isWhole]);
  if (songs <= FIRST) return null;
  return (
    <p className="screen-only text-center">
      <Link
        to="/"
        search={(search) => ({ ...search, limit: isWhole ? undefined : ALL })}
        resetScroll={false}
        onClick={() => {
          wasPressed.current = true;
        }}
        className="control px-6"
      >
        {isWhole ? texts.charts.showTop(FIRST) : texts.charts.showAll(songs)}
      </Link>
    </p>
  );
}
