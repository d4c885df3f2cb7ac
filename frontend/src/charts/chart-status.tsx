import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Trouble } from '../api/trouble';
import { BADGE_ID } from '../revisions/badge-id';
import { texts } from '../ui/texts';
import { instantName } from '../ui/instant-names';
import { Popover } from '../ui/popover';
import { useNow } from '../ui/use-now';
import { saysChanges, setSaysChanges } from './announcing';
import { REVISIONS } from './chart-search';
import { stateOf, type ChartState } from './chart-state';
import type { ComputedChart } from './get-chart';

const words = texts.freshness;

interface ChartStatusProps {
  answer: ComputedChart;
  answeredAt: number;
  /** Whether the page follows this chart. */
  isFollowed: boolean;
  trouble: Trouble | undefined;
}

/** One word about how sure and new the numbers are, and how many plays; all the rest on request. */
export function ChartStatus({ answer, answeredAt, isFollowed, trouble }: ChartStatusProps) {
  const now = useNow(1_000);
  const state = stateOf(answer, now - answeredAt, isFollowed, trouble);
  const isOpen = answer.chart.status !== 'final' && state.kind !== 'settling';
  return (
    <Popover
      kind="dialog"
      align="right"
      buttonId={BADGE_ID}
      className="flex min-h-11 flex-col items-end justify-center gap-x-2 rounded-lg text-sm leading-tight tabular-nums sm:flex-row sm:items-center sm:px-2"
      label={
        <>
          <span className={`flex items-center gap-1.5 font-semibold ${state.look}`}>
            <span
              aria-hidden
              className={`dot size-2 rounded-full bg-current ${state.kind === 'live' ? 'motion-safe:animate-pulse' : ''}`}
            />
            {state.label}
          </span>{' '}
          <span className="text-quiet max-sm:text-xs">
            {texts.charts.plainPlays(answer.chart.total_plays, isOpen)}
          </span>
        </>
      }
    >
      {(close) => <Details answer={answer} state={state} onClose={close} />}
    </Popover>
  );
}

function Details({
  answer,
  state,
  onClose,
}: {
  answer: ComputedChart;
  state: ChartState;
  onClose: () => void;
}) {
  const { chart } = answer;
  const link = 'inline-flex min-h-11 items-center text-accent underline underline-offset-4';
  return (
    <div role="dialog" aria-label={state.label} className="grid gap-1 p-4 text-left text-sm">
      <p className="text-pretty">{state.sentence}</p>
      <p className="text-quiet tabular-nums">{texts.charts.totals(chart.total_plays, chart.total_songs)}</p>
      {chart.complete_through && (
        <p className="text-quiet tabular-nums">{words.countedUpTo(instantName(chart.complete_through))}</p>
      )}
      {state.kind === 'corrected' && (
        <Link
          to="."
          search={(search) => ({ ...search, open: REVISIONS })}
          resetScroll={false}
          activeProps={{}}
          onClick={onClose}
          className={link}
        >
          {words.seeChanges}
        </Link>
      )}
      <Link to="/pipeline" className={link}>
        {words.upToDate}
      </Link>
      <SaysChanges />
    </div>
  );
}

/** Whether screen readers are told of changes while the chart is live. */
function SaysChanges() {
  const [isOn, setIsOn] = useState(saysChanges);
  const change = () => {
    setSaysChanges(!isOn);
    setIsOn(!isOn);
  };
  return (
    <label className="flex min-h-11 items-center gap-2">
      <input type="checkbox" checked={isOn} onChange={change} className="size-5 accent-accent" />
      {words.aloud}
    </label>
  );
}
