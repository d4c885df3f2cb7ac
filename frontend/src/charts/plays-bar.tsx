/**
 * Plays against the leader of the same window, whose plays the table sets as `--leader`: so a row need
 * not be drawn again when only the leader changed. Decoration: the number beside it is the data.
 */
export function PlaysBar({ plays, first }: { plays: number; first: boolean }) {
  return (
    <span aria-hidden className="block h-2 overflow-hidden rounded-full bg-page">
      <span
        className={`block h-full origin-left rounded-full transition-[width] duration-300 ${first ? 'bg-bar-lead' : 'bg-bar'}`}
        style={{ width: `calc(100% * ${plays} / var(--leader))` }}
      />
    </span>
  );
}
