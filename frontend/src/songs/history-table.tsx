import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SongHistory } from '../api/shapes';
import { Movement } from './movement';
import { songs as words } from '../ui/texts/pages';
import { formatCount } from '../ui/numbers';
import { windowAt, windowWithUtc } from '../windows/window-names';

interface HistoryTableProps {
  history: SongHistory;
  regionName: string;
}

/** Every window of the song in numbers, under a toggle; each leads to its chart. */
export function HistoryTable({ history, regionName }: HistoryTableProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section className="grid gap-3">
      <p>
        <button type="button" className="control" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? words.hideTable : words.showTable}
        </button>
      </p>
      {isOpen && <Table history={history} regionName={regionName} />}
    </section>
  );
}

function Table({ history, regionName }: HistoryTableProps) {
  const { appearances, grain, region, song_id, title } = history;
  const head = 'px-2 font-medium sm:px-4';
  const cell = 'px-2 sm:px-4';
  return (
    <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-xs">
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">{words.tableCaption(title ?? song_id, regionName)}</caption>
        <thead className="text-quiet">
          <tr className="h-11">
            <th scope="col" className={`${head} text-left`}>
              {words.window[grain]}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {words.rank}
            </th>
            <th scope="col" className={`${head} text-center`}>
              {words.movement}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {words.plays}
            </th>
            <th scope="col" className={`${head} hidden text-right sm:table-cell`}>
              {words.listeners}
            </th>
          </tr>
        </thead>
        <tbody>
          {appearances.toReversed().map((appearance) => (
            <tr key={appearance.window_start} className="h-11 border-t border-line">
              <th scope="row" className={`${cell} text-left font-normal`}>
                <Link
                  to="/"
                  search={{ region, grain, window: windowAt(appearance.window_start, grain), open: song_id }}
                  className="inline-flex min-h-11 items-center text-accent underline decoration-line underline-offset-4 hover:decoration-current"
                >
                  {windowWithUtc(appearance.window_start, grain)}
                </Link>
              </th>
              <td className={`${cell} text-right font-semibold`}>{appearance.rank}</td>
              <td className={`${cell} text-center`}>
                <Movement movement={appearance.movement} />
              </td>
              <td className={`${cell} text-right`}>{formatCount(appearance.plays)}</td>
              <td className={`${cell} hidden text-right sm:table-cell`}>
                {formatCount(appearance.listeners)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
