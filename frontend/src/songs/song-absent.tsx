import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Grain } from '../api/shapes';
import { english } from '../ui/english';
import { words } from '../ui/english/songs';
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
  const { data: worldwide } = useQuery(historyQuery({ songId, region: 'global', grain }));
  if (region === 'global' || worldwide?.title === null)
    return (
      <Panel title={words.unknown} action={<ToCharts />}>
        {words.unknownDetail}
      </Panel>
    );
  const toGlobal = (
    <Link to="/songs/$songId" params={{ songId }} search={{ grain }} className="control">
      {words.toGlobal}
    </Link>
  );
  return (
    <Panel title={words.absent(english.charts.inRegion(regionName))} action={toGlobal}>
      {words.absentDetail}
    </Panel>
  );
}

const ToCharts = () => (
  <Link to="/" className="control">
    {english.app.toCharts}
  </Link>
);
