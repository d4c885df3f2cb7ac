import { useState } from 'react';

const frame = 'inline-block h-[1em] w-[1.5em] shrink-0 rounded-[0.15em] ring-1 ring-line';

/** The region's flag; a globe for `global` and for a code without a flag. Decoration: the name stands beside it. */
export function Flag({ region }: { region: string }) {
  const [missing, setMissing] = useState<string>();
  if (!/^[A-Z]{2}$/.test(region) || region === missing) return <Globe />;
  const address = `${import.meta.env.VITE_FLAGS}/${region}.svg`;
  return <img src={address} alt="" className={frame} onError={() => setMissing(region)} />;
}

function Globe() {
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      preserveAspectRatio="xMinYMid"
      className="h-[1em] w-[1.5em] shrink-0 text-accent"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
    >
      <circle cx="8" cy="8" r="7" />
      <ellipse cx="8" cy="8" rx="3" ry="7" />
      <path d="M1 8h14" />
    </svg>
  );
}
