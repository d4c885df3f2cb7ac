import type { SongHistory } from '../api/shapes';
import { HistoryTable } from './history-table';
import { RankSection } from './rank-section';
import { SongMilestones } from './song-milestones';
import { SongRegions } from './song-regions';
import { SongSummary } from './song-summary';

/** The sentence, the line that it is about, the numbers behind it, and the other regions. */
export function SongView({ history, regionName }: { history: SongHistory; regionName: string }) {
  const last = history.appearances.at(-1);
  return (
    <>
      <SongSummary history={history} />
      <SongMilestones history={history} />
      <RankSection history={history} />
      <HistoryTable history={history} regionName={regionName} />
      {last && <SongRegions songId={history.song_id} grain={history.grain} start={last.window_start} />}
    </>
  );
}
