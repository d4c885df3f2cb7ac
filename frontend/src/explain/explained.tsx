import { Link } from '@tanstack/react-router';
import type { Entry, Explanation } from '../api/shapes';
import { RegionLabel } from '../regions/region-label';
import { SongName } from '../songs/song-name';
import { texts } from '../ui/texts';
import { explain as words } from '../ui/texts/pages';
import { hourTitle, windowWithUtc } from '../windows/window-names';
import { CountParts } from './count-parts';
import { CountSteps } from './count-steps';
import { WhyRank } from './why-rank';

interface ExplainedProps {
  explanation: Explanation;
  entries: Entry[];
  regionName: string;
}

/** The sentence first; then why it is at its rank; then how its number was counted, and its parts. */
export function Explained({ explanation, entries, regionName }: ExplainedProps) {
  const { counts, rules, hours, regions, grain, is_charted, title, artist } = explanation;
  const where = texts.charts.inRegion(regionName);
  if (counts.raw_plays + counts.duplicates === 0)
    return <p className="text-lg text-pretty">{words.notPlayed[grain]}</p>;
  return (
    <>
      <div>
        <SongName title={title ?? explanation.song_id} artist={artist ?? ''} />
      </div>
      <p className="text-lg font-semibold text-pretty">
        {words.sentence(counts.plays, where, windowWithUtc(explanation.window_start, grain))}
      </p>
      {!is_charted && <p className="text-sm text-warn">{words.notCharted}</p>}
      <WhyRank explanation={explanation} entries={entries} />
      <section className="grid gap-3 border-t border-line pt-4">
        <h3 className="font-semibold">{words.howCounted(counts.plays)}</h3>
        <CountSteps counts={counts} rules={rules} />
        {counts.late > 0 && <p className="text-sm text-quiet">{words.late(counts.late)}</p>}
      </section>
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
