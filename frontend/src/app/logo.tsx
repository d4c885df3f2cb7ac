/** Three bars of a chart. */
export function Logo() {
  return (
    <svg aria-hidden viewBox="0 0 20 16" className="w-5 text-accent" fill="currentColor">
      <rect width="20" height="4" rx="2" />
      <rect y="6" width="14" height="4" rx="2" opacity="0.75" />
      <rect y="12" width="8" height="4" rx="2" opacity="0.5" />
    </svg>
  );
}
