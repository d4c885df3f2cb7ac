import { cloneElement, useId, type ReactElement, type ReactNode } from 'react';

interface HintProps {
  children: ReactNode;
  sentence: string;
  className?: string;
  /** The edge that label and sentence share, so that the sentence stays on the screen. */
  edge?: 'left' | 'right';
  /** What the label is where it leads somewhere; else a button that only explains itself. */
  link?: ReactElement<object>;
}

/** A label that explains itself in one sentence on hover and focus. */
export function Hint({ children, sentence, className = '', edge = 'left', link }: HintProps) {
  const id = useId();
  const label = link ?? <button type="button" />;
  return (
    <span className="group relative inline-flex">
      {cloneElement(label, { 'aria-describedby': id, className, children } as object)}
      <span
        role="tooltip"
        id={id}
        className={`pointer-events-none absolute top-full z-20 mt-1 hidden w-max max-w-[min(20rem,80vw)] rounded-xl border border-line bg-raised px-3 py-2 text-left text-sm text-ink shadow-lg group-focus-within:block group-hover:block ${edge === 'left' ? 'left-0' : 'right-0'}`}
      >
        {sentence}
      </span>
    </span>
  );
}
