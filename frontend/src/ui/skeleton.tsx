/** Keeps the place of what loads, and says so to screen readers. */
export function Skeleton({ label, className }: { label: string; className: string }) {
  return (
    <div role="status" aria-busy>
      <span className="sr-only">{label}</span>
      <div className={`skeleton ${className}`} />
    </div>
  );
}
