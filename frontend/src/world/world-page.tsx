import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { troubleOf } from '../api/trouble';
import type { Grain, Leaders } from '../api/shapes';
import { GLOBAL } from '../regions/parse-region';
import { regionName } from '../regions/region-names';
import { groupBySong } from '../songs/group-by-song';
import { DocumentTitle } from '../ui/document-title';
import { world as words } from '../ui/texts/pages';
import { Failure } from '../ui/failure';
import { Panel } from '../ui/panel';
import { Skeleton } from '../ui/skeleton';
import { StandingNotice } from '../ui/standing-notice';
import { ViewSwitch } from '../windows/view-switch';
import { windowAt } from '../windows/window-names';
import { WindowStepper } from '../windows/window-stepper';
import { texts } from '../ui/texts';
import { leadersQuery } from './get-leaders';
import { LeaderTile } from './leader-tile';

const route = getRouteApi('/world');

/** Every region's number one in the same window. The address says which. */
export function WorldPage() {
  const { grain = 'hour', window } = route.useSearch();
  const queries = useQueryClient();
  const query = leadersQuery(grain, window);
  const asked = useQuery(query);
  const trouble = troubleOf(asked);
  const answer = asked.data === 'not_computed' ? undefined : asked.data;
  const most = answer && groupBySong(answer.leaders.filter(({ region }) => region !== GLOBAL))[0];
  const start = answer?.window_start ?? window ?? (trouble || asked.data ? null : undefined);
  return (
    <div className="grid grid-cols-1 gap-4">
      <DocumentTitle>{words.documentTitle(most?.first.title)}</DocumentTitle>
      <header className="grid gap-1">
        <h1 className="text-3xl font-bold tracking-tight text-balance sm:text-4xl">{words.title}</h1>
        <p className="min-h-6 text-pretty text-quiet">
          {most ? words.leads(most.first.title, most.first.artist, most.rows.length) : words.intro}
        </p>
      </header>
      <div className="screen-only flex flex-wrap items-center gap-x-4 gap-y-2">
        <ViewSwitch view={{ grain, window }} />
        <WindowStepper region={GLOBAL} grain={grain} start={start} />
      </div>
      {answer && <StandingNotice trouble={trouble} age={answer.age} />}
      {trouble && !answer && (
        <Failure
          title={words.failed}
          detail={trouble.detail}
          offline={trouble.isOffline}
          onRetry={() => void queries.resetQueries(query)}
        />
      )}
      {asked.data === 'not_computed' && (
        <Panel title={texts.states.noChartsTitle}>{texts.states.noCharts}</Panel>
      )}
      {!trouble && asked.data === undefined && <Skeleton label={words.loading} className="h-112" />}
      {answer?.leaders.length === 0 && <Panel title={words.empty} />}
      {answer && answer.leaders.length > 0 && (
        <Tiles answer={answer} grain={grain} isFixed={window !== undefined} />
      )}
    </div>
  );
}

/** The world first and large, then every region by name. */
function Tiles({ answer, grain, isFixed }: { answer: Leaders; grain: Grain; isFixed: boolean }) {
  const [lit, setLit] = useState<string>();
  const window = isFixed ? windowAt(answer.window_start, grain) : undefined;
  const tile = (leader: Leaders['leaders'][number], name: string) => (
    <LeaderTile
      key={leader.region}
      leader={leader}
      name={name}
      grain={grain}
      window={window}
      isLit={lit === leader.song_id}
      onLight={setLit}
    />
  );
  const [world, others] = [
    answer.leaders.filter(({ region }) => region === GLOBAL),
    answer.leaders.filter(({ region }) => region !== GLOBAL),
  ];
  return (
    <>
      <ul>{world.map((leader) => tile(leader, words.worldwide))}</ul>
      <h2 className="sr-only">{words.regions}</h2>
      <ul className="grid grid-cols-1 gap-2 sm:grid-cols-[repeat(auto-fill,minmax(18rem,1fr))]">
        {others.map((leader) => tile(leader, regionName(leader.region, leader.name)))}
      </ul>
    </>
  );
}
