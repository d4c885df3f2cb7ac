import type { ReactNode } from 'react';
import { english } from '../ui/english';

const words = english.charts;

/** The table's card, columns and heads: the loaded chart and its skeleton share them, so nothing jumps. */
export function ChartFrame({ caption, children }: { caption: string; children: ReactNode }) {
  const figure = 'hidden px-2 text-right font-medium md:table-cell';
  return (
    <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-xs">
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          <col className="w-10 sm:w-18" />
          <col className="w-15 sm:w-24" />
          <col />
          <col className="w-16 sm:w-[38%] md:w-[35%]" />
          <col className="hidden w-22 md:table-column" />
          <col className="hidden w-16 md:table-column" />
          <col className="hidden w-20 md:table-column" />
        </colgroup>
        <thead className="text-sm text-quiet">
          <tr className="h-11">
            <th scope="col" className="pl-2 text-right font-medium sm:pl-5">
              <span aria-hidden>{words.rank}</span>
              <span className="sr-only">{words.rankWord}</span>
            </th>
            <th scope="col" className="text-center font-medium sm:px-3">
              <span aria-hidden>{words.move}</span>
              <span className="sr-only">{words.movement}</span>
            </th>
            <th scope="col" className="text-left font-medium">
              {words.song}
            </th>
            <th scope="col" className="pr-3 text-right font-medium sm:pr-15">
              {words.plays}
            </th>
            <th scope="col" className={figure}>
              {words.listeners}
            </th>
            <th scope="col" className={figure}>
              {words.peak}
            </th>
            <th scope="col" className={`${figure} pr-5`}>
              {words.streak}
            </th>
          </tr>
        </thead>
        {children}
      </table>
    </div>
  );
}
