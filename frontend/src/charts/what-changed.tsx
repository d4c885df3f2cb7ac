import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Entry } from '../api/shapes';
import { Movement } from '../songs/movement';
import { runOf } from '../songs/run-of';
import { texts } from '../ui/texts';
import { changesOf } from './changes';
import type { RowContext } from './chart-row';

const words = texts.story;

/** The biggest climber, the highest new entry and the longest run; nothing where the chart has no story. */
export function WhatChanged({ entries, context }: { entries: Entry[]; context: RowContext }) {
  const { climber, newcomer, longest } = changesOf(entries);
  if (!climber && !newcomer && !longest) return null;
  return (
    <section aria-label={words.changes} className="changes">
      {climber && (
        <Change entry={climber.entry} context={context} what={words.climber(climber.entry.rank)}>
          <Movement movement="up" places={climber.places} />
        </Change>
      )}
      {newcomer && (
        <Change entry={newcomer} context={context} what={words.entry(newcomer.rank)}>
          <Movement movement="new" />
        </Change>
      )}
      {longest && (
        <Change entry={longest} context={context} what={words.longest(longest.rank)}>
          <span className="text-sm font-bold whitespace-nowrap tabular-nums">
            {runOf(context.grain, longest.streak)}
          </span>
        </Change>
      )}
    </section>
  );
}

interface ChangeProps {
  entry: Entry;
  context: RowContext;
  what: string;
  children: ReactNode;
}

function Change({ entry, context: { region, grain, chosen }, what, children }: ChangeProps) {
  return (
    <Link
      to="/songs/$songId"
      params={{ songId: entry.song_id }}
      search={{ region, grain, window: chosen }}
      className="card change"
    >
      <span className="min-w-12 text-center">{children}</span>
      <span className="min-w-0">
        <span dir="auto" className="block truncate text-sm font-semibold">
          {entry.title}
        </span>
        <span className="block truncate text-xs text-quiet">{what}</span>
      </span>
    </Link>
  );
}
