/** Says that a button opens a list under it. */
export function Chevron({ className = 'w-4' }: { className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 12 12"
      className={`shrink-0 text-quiet ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    >
      <path d="m2 4 4 4 4-4" />
    </svg>
  );
}
