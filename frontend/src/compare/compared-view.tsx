import { useState } from 'react';
import type { Grain } from '../api/shapes';
import { texts } from '../ui/texts';
import { compare as words } from '../ui/texts/pages';
import { shortWindow, windowTitle } from '../windows/window-names';
import { AddRegion } from './add-region';
import { entriesOf, type Column } from './column';
import { ColumnAbsent } from './column-absent';
import { MOST } from './compare-search';
import { comparedRegions, comparedWindows, songsOf, sorted } from './compared';
import { writeComparedCsv } from './compared-csv';
import { ComparedTable } from './compared-table';
import { RegionHead } from './region-head';

interface ComparedViewProps {
  columns: Column[];
  grain: Grain;
  window: string | undefined;
  /** Whether the last windows of the first region stand side by side, not regions. */
  byWindow: boolean;
  onChoose: (regions: string[]) => void;
}

/** The table of what is compared, its CSV, and a word for each region that has nothing to show. */
export function ComparedView({ columns, grain, window, byWindow, onChoose }: ComparedViewProps) {
  const [chosen, setChosen] = useState<string>();
  const shown = byWindow ? columns.slice(0, 1) : columns;
  const first = shown[0];
  if (!first) return null;
  const compared = byWindow
    ? comparedWindows(first, (start) => shortWindow(start, grain))
    : comparedRegions(columns);
  const sortedBy = compared.find(({ id }) => id === chosen)?.id ?? compared[0]?.id ?? '';
  const songs = sorted(songsOf(shown), compared, sortedBy);
  const regions = columns.map(({ region }) => region);
  const replace = (at: number) => (region: string) =>
    onChoose([...new Set(regions.map((before, index) => (index === at ? region : before)))]);
  const absent = shown.filter((column) => entriesOf(column).length === 0);
  const isLoading = absent.some(({ answer, trouble }) => !answer && !trouble);
  // With all regions at once: a table that grows column by column would move under the reader's eyes.
  const hasTable = songs.length > 0 && !isLoading;
  const title = window ? windowTitle(window, grain) : '';
  const where = byWindow ? texts.charts.inRegion(first.name) : words.columns;
  return (
    <>
      <ul aria-label={words.compared} className="screen-only flex flex-wrap gap-2">
        {shown.map(({ region, name }, place) => (
          <li key={region}>
            <RegionHead
              region={region}
              name={name}
              onReplace={replace(place)}
              onRemove={
                shown.length > 1 ? () => onChoose(regions.filter((other) => other !== region)) : undefined
              }
            />
          </li>
        ))}
        {!byWindow && columns.length < MOST && (
          <li>
            <AddRegion regions={regions} onChoose={onChoose} />
          </li>
        )}
      </ul>
      {hasTable && (
        <ComparedTable
          caption={words.caption(where, title)}
          songs={songs}
          compared={compared}
          sortedBy={sortedBy}
          onSort={setChosen}
          region={first.region}
          grain={grain}
        />
      )}
      {/* Room for the table, so that what is below stays where it is when the songs come. */}
      <div className={`grid content-start gap-4 ${isLoading ? 'min-h-screen' : 'empty:hidden'}`}>
        {(isLoading ? shown : absent).map((column) => (
          <ColumnAbsent key={column.region} column={column} isWaiting={entriesOf(column).length > 0} />
        ))}
      </div>
      {hasTable && (
        <p className="screen-only flex flex-wrap items-center justify-between gap-2 text-sm text-quiet">
          {words.legend}
          <button
            type="button"
            className="control"
            onClick={() => save(writeComparedCsv(songs, compared), window)}
          >
            {words.csv}
          </button>
        </p>
      )}
    </>
  );
}

function save(text: string, window: string | undefined) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = `top-songs-compared-${(window ?? '').replaceAll(':', '')}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
