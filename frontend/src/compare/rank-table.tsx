import type { Grain } from '../api/shapes';
import { compare as words } from '../ui/texts/pages';
import { windowWithUtc } from '../windows/window-names';
import type { RankRow } from './rank-rows';

interface RankTableProps {
  rows: RankRow[];
  title: string;
  regionNames: string[];
  grain: Grain;
}

/** The ranks that the lines are drawn from, newest first. */
export function RankTable({ rows, title, regionNames, grain }: RankTableProps) {
  return (
    <div className="card overflow-hidden">
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">{words.tableCaption(title)}</caption>
        <thead className="text-quiet">
          <tr className="h-11">
            <th scope="col" className="px-2 text-left font-medium sm:px-4">
              {words.window[grain]}
            </th>
            {regionNames.map((name) => (
              <th key={name} scope="col" className="px-2 text-right font-medium wrap-anywhere sm:px-4">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ window, ranks }) => (
            <tr key={window} className="h-11 border-t border-line">
              <th scope="row" className="px-2 text-left font-normal sm:px-4">
                {windowWithUtc(window, grain)}
              </th>
              {ranks.map((rank, place) => (
                <td key={regionNames[place]} className="px-2 text-right font-semibold sm:px-4">
                  {rank ?? <Unplaced />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Unplaced = () => (
  <>
    <span aria-hidden className="font-normal text-quiet">
      –
    </span>
    <span className="sr-only">{words.unplaced}</span>
  </>
);
