import type { ReactNode } from 'react';
import { texts } from '../ui/texts';

const words = texts.charts;

/** The table's card, columns and heads: the loaded chart and its skeleton share them, so nothing jumps. */
export function ChartFrame({ caption, children }: { caption: string; children: ReactNode }) {
  const figure = 'hidden px-2 text-right font-medium lg:table-cell print:table-cell';
  return (
    <div className="card overflow-hidden">
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          <col className="w-14 sm:w-16" />
          <col className="hidden w-18 sm:table-column" />
          <col />
          <col className="rank-path-column" />
          <col className="w-19 sm:w-24" />
          <col className="hidden w-24 lg:table-column print:table-column" />
          <col className="hidden w-18 lg:table-column print:table-column" />
          <col className="hidden w-24 lg:table-column print:table-column" />
        </colgroup>
        <thead className="text-xs text-quiet max-sm:sr-only">
          <tr className="h-9">
            <th scope="col" className="pr-3 text-right font-medium">
              <span aria-hidden>{words.rank}</span>
              <span className="sr-only">{words.rankWord}</span>
            </th>
            <th scope="col" className="hidden text-center font-medium sm:table-cell">
              {words.move}
            </th>
            <th scope="col" className="text-left font-medium">
              {words.song}
            </th>
            <th scope="col" className="rank-path-cell font-medium">
              {words.path}
            </th>
            <th scope="col" className="px-2 text-right font-medium">
              {words.plays}
            </th>
            <th scope="col" className={figure}>
              {words.listeners}
            </th>
            <th scope="col" className={figure}>
              {words.best}
            </th>
            <th scope="col" className={`${figure} pr-4`}>
              {words.run}
            </th>
          </tr>
        </thead>
        {children}
      </table>
    </div>
  );
}
