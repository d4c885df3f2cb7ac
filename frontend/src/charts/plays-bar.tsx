/** Plays against the leader of the same window. Decoration: the number beside it is the data. */
export function PlaysBar({ plays, leader, first }: { plays: number; leader: number; first: boolean }) {
  return (
    <span aria-hidden className="block h-2 overflow-hidden rounded-full bg-page">
      <span
        className={`block h-full origin-left rounded-full transition-[width] duration-300 ${first ? 'bg-bar-lead' : 'bg-bar'}`}
        style={{ width: `${(100 * plays) / leader}%` }}
      />
    </span>
  );
}
