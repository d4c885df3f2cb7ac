import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { subHours } from 'date-fns';
import type { Entry } from '../api/shapes';
import { historyQuery } from '../songs/get-history';
import { SongTile } from '../songs/song-tile';
import { texts } from '../ui/texts';
import type { RowContext } from './chart-row';
import { LOOK_BACK, topRun } from './top-run';
import { WhyLink } from './why-link';

const words = texts.story;
const KEPT_MS = 60_000;
const hoursIn = { hour: 1, day: 24 };

interface NumberOneProps {
  first: Entry;
  second: Entry | undefined;
  where: string;
  /** Whether plays of the window still come in. */
  isOpen: boolean;
  context: RowContext;
}

/** Number one, large, with one true sentence: how many plays, by how much, since when, and the way to why. */
export function NumberOne({ first, second, where, isOpen, context }: NumberOneProps) {
  const { region, grain, chosen } = context;
  const when = words.when[grain][isOpen ? 'open' : 'closed'];
  return (
    <section aria-label={words.numberOne(where)} className="hero" data-song-one={first.song_id}>
      <SongTile songId={first.song_id} className="hero-tile" />
      <div className="hero-name">
        <p
          aria-hidden
          className="truncate text-xs leading-4 font-semibold tracking-wide text-hero-accent uppercase"
        >
          {words.numberOne(where)}
        </p>
        <h2 className="text-lg leading-tight font-bold text-balance sm:text-2xl lg:text-3xl">
          <Link
            to="/songs/$songId"
            params={{ songId: first.song_id }}
            search={{ region, grain, window: chosen }}
            className="hover:underline"
          >
            <span dir="auto">{first.title}</span>
          </Link>
        </h2>
        <p dir="auto" className="truncate text-sm leading-5 sm:text-base">
          {first.artist}
        </p>
      </div>
      <p className="hero-story">
        {words.played(words.plays(first.plays), words.listeners(first.listeners), when)},{' '}
        {leadOf(first, second)}. <Since entry={first} context={context} />{' '}
        <WhyLink
          songId={first.song_id}
          context={context}
          label={texts.charts.whyOf(texts.charts.why, first.title)}
          className="-my-2 inline-block py-2 font-semibold text-on-hero underline underline-offset-4"
        >
          {texts.charts.why}
        </WhyLink>
      </p>
    </section>
  );
}

function leadOf(first: Entry, second: Entry | undefined) {
  if (!second) return words.alone;
  return first.plays > second.plays ? words.ahead(first.plays - second.plays) : words.level;
}

/** Since when it has been number one: from its own history, before that arrives from the chart alone. */
function Since({ entry, context: { region, grain, window } }: { entry: Entry; context: RowContext }) {
  const back = LOOK_BACK[grain];
  const from = subHours(window, back * hoursIn[grain]).toISOString();
  const { data } = useQuery({
    ...historyQuery({ songId: entry.song_id, region, grain, from }),
    enabled: entry.movement === 'same',
    staleTime: KEPT_MS,
    refetchInterval: false,
  });
  switch (entry.movement) {
    case 'up':
      return entry.previous_rank === null ? null : words.up(entry.previous_rank);
    case 'new':
      return words.new;
    case 're_entry':
      return words.back;
  }
  const run = data ? topRun(data.appearances, window, grain) : 0;
  if (run > back) return words.topForMore(back, grain);
  return run > 1 ? words.topFor(run, grain) : words.same[grain];
}
