import type { ReactNode } from 'react';
import type { Stage } from '../api/shapes';
import { status as words } from '../ui/texts/pages';
import { formatAgo } from '../ui/ages';
import { clockName } from '../ui/instant-names';
import { formatCount } from '../ui/numbers';

const look = { ok: 'text-good', late: 'text-warn', down: 'text-bad' };

const orUnknown = (value: number | null | undefined, format: (value: number) => string) =>
  value === null || value === undefined ? words.unknown : format(value);

/** One stage: its state in a word, how far it trails, and when it last did its work. */
export function StageCard({ stage, servedAt }: { stage: Stage; servedAt: number }) {
  const [name, task] = words.stage[stage.stage];
  return (
    <li className="stage relative grid content-start gap-3 rounded-2xl border border-line bg-surface p-4 shadow-xs">
      <div className="xl:min-h-16">
        <h3 className="font-semibold">{name}</h3>
        <p className="text-sm text-quiet">{task}</p>
      </div>
      <p className={`flex items-center gap-2 font-semibold ${look[stage.status]}`}>
        <span aria-hidden className="size-2 rounded-full bg-current" />
        {words.word[stage.status]}
      </p>
      <dl className="grid gap-2 text-sm tabular-nums">
        <Fact name={words.lag}>{orUnknown(stage.lag_seconds, words.seconds)}</Fact>
        <Fact name={words.behind}>{orUnknown(stage.lag_plays, formatCount)}</Fact>
        <Fact name={words.lastSuccess}>
          {stage.last_success ? (
            <time dateTime={stage.last_success} title={clockName(stage.last_success)}>
              {formatAgo(servedAt - Date.parse(stage.last_success))}
            </time>
          ) : (
            words.never
          )}
        </Fact>
      </dl>
      {stage.last_error && stage.status !== 'ok' && (
        <p className="text-sm wrap-anywhere text-bad">
          <span className="font-semibold">{words.lastError}:</span> {stage.last_error}
        </p>
      )}
    </li>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-2 xl:flex-col xl:gap-0">
      <dt className="text-quiet">{name}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}
