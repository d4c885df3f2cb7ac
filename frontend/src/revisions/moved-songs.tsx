import type { Revision } from '../api/shapes';
import { SongName } from '../songs/song-name';
import { revisions as words } from '../ui/texts/pages';

type Move = NonNullable<Revision['moved']>[number];

const placeOf = (place: Move['before']) =>
  place === null ? words.absent : words.place(place.rank, place.plays);

/** The songs that one revision changed: where they stood before and after. */
export function MovedSongs({ revision, moved }: { revision: number; moved: Move[] }) {
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">{words.movedCaption(revision)}</caption>
      <thead className="text-quiet">
        <tr>
          <th scope="col" className="w-2/5 py-1.5 text-left font-medium">
            {words.song}
          </th>
          <th scope="col" className="py-1.5 text-right font-medium">
            {words.before}
          </th>
          <th scope="col" className="py-1.5 text-right font-medium">
            {words.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {moved.map((move) => (
          <tr key={move.song_id} className="border-t border-line align-top">
            <th scope="row" className="py-2 pr-2 text-left font-normal">
              <SongName title={move.title} artist={move.artist} />
            </th>
            <td className="py-2 text-right text-quiet tabular-nums">{placeOf(move.before)}</td>
            <td className="py-2 pl-2 text-right font-medium tabular-nums">{placeOf(move.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
