import { useState } from 'react';
import type { ReconciliationLine } from '../api/shapes';
import { RegionLabel } from '../regions/region-label';
import { reconciliation as words } from '../ui/texts/pages';
import { formatCount } from '../ui/numbers';
import { utcDay } from '../ui/times';
import { hourTitle } from '../windows/window-names';
import type { Counter } from './counter-select';
import { Verdict } from './verdict';

const FIRST = 8;

/** Each sum with both its numbers; the first few, then all. */
export function SumsTable({ lines, counter }: { lines: ReconciliationLine[]; counter: Counter }) {
  const [isWhole, setIsWhole] = useState(false);
  const head = 'px-3 font-medium sm:px-4';
  return (
    <div className="card overflow-hidden">
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">{words.caption(words.counters[counter])}</caption>
        <thead className="text-quiet">
          <tr className="h-11">
            <th scope="col" className={`${head} text-left`}>
              {words.sum}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {words.whole}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {words.parts}
            </th>
            <th scope="col" className={`${head} hidden text-left sm:table-cell`}>
              {words.result}
            </th>
          </tr>
        </thead>
        <tbody>
          {(isWhole ? lines : lines.slice(0, FIRST)).map((line) => (
            <SumRow
              key={`${line.rule} ${line.grain} ${line.region} ${line.window_start}`}
              line={line}
              counter={counter}
            />
          ))}
        </tbody>
      </table>
      {!isWhole && lines.length > FIRST && (
        <p className="border-t border-line p-2 text-center">
          <button type="button" className="control" onClick={() => setIsWhole(true)}>
            {words.all(lines.length)}
          </button>
        </p>
      )}
    </div>
  );
}

/** The sum, or a word in its place where it would tell of songs with few listeners. */
const shownSum = (sums: ReconciliationLine['whole'], counter: Counter) =>
  sums === null ? words.withheld : formatCount(sums[counter]);

function SumRow({ line, counter }: { line: ReconciliationLine; counter: Counter }) {
  const { rule, grain, region, window_start, whole, sum_of_parts, holds } = line;
  return (
    <tr className="h-13 border-t border-line">
      <th scope="row" className="px-3 py-1.5 text-left font-normal sm:px-4">
        <span className="block font-medium">{words.rule[rule]}</span>
        <span className="flex flex-wrap gap-x-3 text-quiet">
          <RegionLabel region={region} />
          {grain === 'hour' ? hourTitle(window_start) : utcDay(window_start)}
        </span>
        <span className="sm:hidden">
          <Verdict holds={holds} />
        </span>
      </th>
      <td className="px-3 text-right font-semibold sm:px-4">{shownSum(whole, counter)}</td>
      <td className="px-3 text-right font-semibold sm:px-4">{shownSum(sum_of_parts, counter)}</td>
      <td className="hidden px-4 sm:table-cell">
        <Verdict holds={holds} />
      </td>
    </tr>
  );
}
