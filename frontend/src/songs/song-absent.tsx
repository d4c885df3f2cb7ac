import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { GLOBAL } from '../regions/parse-region';
import { texts } from '../ui/texts';
import { songs as words } from '../ui/texts/pages';
import { Panel } from '../ui/panel';
import { historyQuery } from './get-history';

interface SongAbsentProps {
  songId: string;
  region: string;
  regionName: string;
  grain: Grain;
}

/** The song is on no chart of this region; perhaps it is on the global one. */
export function SongAbsent({ songId, region, regionName, grain }: SongAbsentProps) {
  const isWorld = region === GLOBAL;
  const { data: worldwide } = useQuery({
    ...historyQuery({ songId, region: GLOBAL, grain }),
    enabled: !isWorld,
  });
  if (isWorld || worldwide?.title === null) return <NoSuchSong />;
  return (
    <Panel
      title={words.absent(texts.charts.inRegion(regionName))}
      action={<ToGlobal songId={songId} grain={grain} />}
    >
      {words.absentDetail}
    </Panel>
  );
}

/** No chart has the song, or the address is none of a song. */
export const NoSuchSong = () => (
  <Panel isPage title={words.unknown} action={<ToCharts />}>
    {words.unknownDetail}
  </Panel>
);

/** The address names a region that does not exist. */
export function NoSuchRegion({ songId, region, grain }: Omit<SongAbsentProps, 'regionName'>) {
  return (
    <Panel
      urgent
      title={texts.states.unknownRegion(region)}
      action={<ToGlobal songId={songId} grain={grain} />}
    >
      {texts.states.unknownRegionDetail}
    </Panel>
  );
}

const ToGlobal = ({ songId, grain }: { songId: string; grain: Grain }) => (
  <Link to="/songs/$songId" params={{ songId }} search={{ grain }} className="control">
    {words.toGlobal}
  </Link>
);

const ToCharts = () => (
  <Link to="/" className="control">
    {texts.app.toCharts}
  </Link>
);
