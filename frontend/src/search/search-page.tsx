import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { FoundSong } from '../api/shapes';
import { homeRegion } from '../regions/home-region';
import { SongName } from '../songs/song-name';
import { SongTile } from '../songs/song-tile';
import { DocumentTitle } from '../ui/document-title';
import { search as words } from '../ui/texts/pages';
import { FailedPart } from '../ui/failed-part';
import { utcDay } from '../ui/times';
import { songsFound } from './find-songs';
import { tidy } from './search-search';

const route = getRouteApi('/find');
const PAUSE_MS = 250;

/** Songs by what the visitor types. The address keeps the words. */
export function SearchPage() {
  const { q } = route.useSearch();
  const field = useRef<HTMLInputElement>(null);
  const region = homeRegion();
  const { data: songs, failureReason, refetch } = useQuery(songsFound(q, region));
  useLayoutEffect(() => field.current?.focus(), []);
  return (
    <div className="mx-auto grid w-full max-w-2xl grid-cols-1 gap-4">
      <DocumentTitle>{words.documentTitle(q)}</DocumentTitle>
      <h1 className="text-3xl font-bold tracking-tight sm:text-4xl">{words.title}</h1>
      <SearchField field={field} text={q ?? ''} />
      <p role="status" className="min-h-5 text-sm text-quiet">
        {q === undefined
          ? words.hint
          : songs && (songs.length > 0 ? words.found(songs.length) : words.none(q))}
      </p>
      {failureReason && !songs && <FailedPart sentence={words.failed} onRetry={() => void refetch()} />}
      {q !== undefined && songs && songs.length > 0 && (
        <ol className="card divide-y divide-line overflow-hidden">
          {songs.map((song) => (
            <Found key={song.song_id} song={song} region={region} />
          ))}
        </ol>
      )}
    </div>
  );
}

interface SearchFieldProps {
  field: React.RefObject<HTMLInputElement | null>;
  text: string;
}

/** Searches a moment after the last letter, so that not each one costs a request. */
function SearchField({ field, text }: SearchFieldProps) {
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => {
      if ((tidy(typed) ?? '') !== text)
        void navigate({ search: { q: tidy(typed) }, replace: true, resetScroll: false });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, text, navigate]);
  return (
    <input
      ref={field}
      type="search"
      value={typed}
      maxLength={100}
      aria-label={words.field}
      placeholder={words.field}
      autoComplete="off"
      spellCheck={false}
      enterKeyHint="search"
      onChange={({ target }) => setTyped(target.value)}
      className="h-12 w-full rounded-xl border border-control bg-surface px-4 text-lg"
    />
  );
}

function Found({ song, region }: { song: FoundSong; region: string }) {
  return (
    <li>
      <Link
        to="/songs/$songId"
        params={{ songId: song.song_id }}
        search={{ region, grain: 'day' }}
        className="flex min-h-14 items-center gap-3 px-3 py-1.5 leading-5 hover:bg-hover"
      >
        <SongTile songId={song.song_id} className="size-10 rounded-lg" />
        <span className="min-w-0 grow">
          <SongName title={song.title} artist={song.artist} />
        </span>
        <span className="shrink-0 text-right text-xs text-quiet tabular-nums">
          <span className="block">{words.best(song.best_rank)}</span>
          <span className="block max-sm:sr-only">{words.last(utcDay(song.last_window))}</span>
        </span>
      </Link>
    </li>
  );
}
