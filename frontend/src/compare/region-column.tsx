import { Link } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { Flag } from '../regions/flag';
import { RegionMenu } from '../regions/region-menu';
import { Chevron } from '../ui/chevron';
import { english } from '../ui/english';
import { words } from '../ui/english/compare';
import { windowTitle } from '../windows/window-names';
import { topOf, type Column } from './column';
import { ColumnAbsent } from './column-absent';
import { ColumnRow } from './column-row';

interface RegionColumnProps {
  column: Column;
  columns: Column[];
  grain: Grain;
  window: string | undefined;
  lit: string | undefined;
  onLight: (songId: string | undefined) => void;
  onReplace: (region: string) => void;
  onRemove: () => void;
}

/** One region's first ten. */
export function RegionColumn(props: RegionColumnProps) {
  const { column, columns, grain, window, lit, onLight, onReplace, onRemove } = props;
  const entries = topOf(column);
  return (
    <div className="compare-column">
      <div className="flex h-14 items-center gap-1">
        <h2 className="min-w-0 grow">
          <RegionMenu
            region={column.region}
            onChoose={onReplace}
            className="flex min-h-11 max-w-full items-center gap-2 rounded-lg text-left text-lg font-semibold"
          >
            <Flag region={column.region} />
            <span className="truncate">{column.name}</span>
            <Chevron className="w-3" />
            <span className="sr-only">{english.regions.choose}</span>
          </RegionMenu>
        </h2>
        {columns.length > 1 && (
          <button
            type="button"
            onClick={onRemove}
            aria-label={words.remove(column.name)}
            className="grid size-11 shrink-0 place-items-center rounded-lg text-quiet hover:text-ink"
          >
            <span aria-hidden>✕</span>
          </button>
        )}
      </div>
      {entries.length === 0 ? (
        <ColumnAbsent column={column} />
      ) : (
        <table className="w-full table-fixed border-collapse">
          <caption className="sr-only">
            {words.caption(english.charts.inRegion(column.name), window ? windowTitle(window, grain) : '')}
          </caption>
          <colgroup>
            <col className="w-9" />
            <col />
            <col className={columns.length > 1 ? 'w-16' : 'w-2'} />
          </colgroup>
          <thead className="sr-only">
            <tr>
              <th scope="col">{words.rank}</th>
              <th scope="col">{words.song}</th>
              <th scope="col">{words.elsewhere}</th>
            </tr>
          </thead>
          <tbody className="compare-rows">
            {entries.map((entry) => (
              <ColumnRow
                key={entry.song_id}
                entry={entry}
                column={column}
                columns={columns}
                grain={grain}
                isLit={lit === entry.song_id}
                onLight={onLight}
              />
            ))}
          </tbody>
        </table>
      )}
      <Link
        to="/"
        search={(search) => ({ grain: search.grain, window: search.window, region: column.region })}
        className="mt-1 inline-flex min-h-11 items-center text-sm font-medium text-accent underline decoration-line underline-offset-4 hover:decoration-current"
      >
        {words.openChart}
        <span className="sr-only"> {english.charts.inRegion(column.name)}</span>
      </Link>
    </div>
  );
}
