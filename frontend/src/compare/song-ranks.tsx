import { useState } from 'react';
import type { Entry, Grain } from '../api/shapes';
import { compare as words } from '../ui/texts/pages';
import { FailedPart } from '../ui/failed-part';
import { Skeleton } from '../ui/skeleton';
import { windowTitle } from '../windows/window-names';
import type { Column } from './column';
import { rankRows, windowsUpTo } from './rank-rows';
import { RankLines } from './rank-lines';
import { RankTable } from './rank-table';
import { SongSelect } from './song-select';
import { useRankHistories } from './use-rank-histories';

interface SongRanksProps {
  songId: string;
  songs: Entry[];
  columns: Column[];
  grain: Grain;
  window: string;
  onChoose: (songId: string) => void;
}

/** One song's ranks in every region, as lines and, on request, as a table. */
export function SongRanks({ songId, songs, columns, grain, window, onChoose }: SongRanksProps) {
  const [isTable, setIsTable] = useState(false);
  const regionNames = columns.map(({ name }) => name);
  const windows = windowsUpTo(window, grain);
  const asked = useRankHistories(
    songId,
    columns.map(({ region }) => region),
    grain,
    windows,
  );
  const loaded = columns.flatMap(({ name }, place) => {
    const history = asked.histories[place];
    return history ? [{ name, history }] : [];
  });
  const shownNames = loaded.map(({ name }) => name);
  const rows = rankRows(
    windows,
    loaded.map(({ history }) => history),
  );
  const title = loaded.find(({ history }) => history.title)?.history.title ?? words.overLinked;
  const now = shownNames.map((name, place) => words.place(name, rows.at(-1)?.ranks[place] ?? null));
  const [from, to] = [windowTitle(windows[0] ?? window, grain), windowTitle(window, grain)];
  const summary = words.overSummary(title, from, to, now);
  return (
    <div className="grid gap-3">
      <SongSelect songs={songs} chosen={songId} title={title} onChoose={onChoose} />
      {asked.failed.length > 0 && (
        <FailedPart
          sentence={words.overFailed(asked.failed.map((place) => regionNames[place] ?? ''))}
          onRetry={asked.onRetry}
        />
      )}
      {asked.isLoading ? (
        <Skeleton label={words.overLoading} className="h-80" />
      ) : (
        <figure aria-label={words.over[grain]}>
          <figcaption className="sr-only">{summary}</figcaption>
          <div className="h-80">
            <RankLines rows={rows} regionNames={shownNames} grain={grain} />
          </div>
        </figure>
      )}
      <p className="screen-only">
        <button
          type="button"
          className="control"
          aria-expanded={isTable}
          onClick={() => setIsTable(!isTable)}
        >
          {isTable ? words.hideTable : words.showTable}
        </button>
      </p>
      {isTable && <RankTable rows={rows} title={title} regionNames={shownNames} grain={grain} />}
    </div>
  );
}
