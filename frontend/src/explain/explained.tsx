import { Link } from '@tanstack/react-router';
import type { Explanation } from '../api/shapes';
import { RegionLabel } from '../regions/region-label';
import { SongName } from '../songs/song-name';
import { english } from '../ui/english';
import { words } from '../ui/english/explain';
import { hourTitle, windowWithLocal } from '../windows/window-names';
import { CountParts } from './count-parts';
import { CountSteps } from './count-steps';

interface ExplainedProps {
  explanation: Explanation;
  regionName: string;
}

/** The sentence first, then each step, then the parts. */
export function Explained({ explanation, regionName }: ExplainedProps) {
  const { counts, rules, hours, regions, grain, is_charted, rank, title, artist } = explanation;
  const where = english.charts.inRegion(regionName);
  return (
    <>
      <div>
        <SongName title={title ?? explanation.song_id} artist={artist ?? ''} />
      </div>
      <p className="text-lg text-pretty">
        <strong className="font-semibold">
          {words.sentence(counts.plays, where, windowWithLocal(explanation.window_start, grain))}
        </strong>{' '}
        {rank === null ? words.unranked : words.rank(rank)} {words.listeners(counts.listeners)}
      </p>
      {!is_charted && <p className="text-sm text-warn">{words.notCharted}</p>}
      <CountSteps counts={counts} rules={rules} />
      {counts.late > 0 && <p className="text-sm text-quiet">{words.late(counts.late)}</p>}
      {regions.length > 0 && (
        <CountParts
          title={words.byRegion}
          head={words.region}
          parts={regions.map(({ region, plays }) => ({
            key: region,
            name: <RegionLabel region={region} />,
            plays,
          }))}
        />
      )}
      {grain === 'day' && (
        <CountParts
          title={words.byHour}
          head={words.hour}
          parts={hours.map(({ window_start, plays }) => ({
            key: window_start,
            name: hourTitle(window_start),
            plays,
          }))}
        />
      )}
      <p>
        <Link
          to="/songs/$songId"
          params={{ songId: explanation.song_id }}
          search={{ region: explanation.region, grain }}
          className="control"
        >
          {words.openSong}
        </Link>
      </p>
    </>
  );
}
