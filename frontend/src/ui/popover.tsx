import { useId, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';

interface PopoverProps {
  /** What the button shows. */
  label: ReactNode;
  /** The button's name where what it shows is not enough. */
  name?: string;
  kind: 'listbox' | 'true';
  className: string;
  align?: 'left' | 'center' | 'right';
  children: (close: () => void) => ReactNode;
}

const places = {
  left: 'left-0',
  center: 'left-1/2 -translate-x-1/2',
  right: 'right-0',
};

/** A button that opens something under it. Escape and leaving close it; Escape gives the focus back. */
export function Popover({ label, name, kind, className, align = 'left', children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const close = () => {
    setOpen(false);
    document.getElementById(id)?.focus();
  };
  const closeWhenLeft = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) close();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- only listens to what bubbles from its controls
    <div className="relative min-w-0" onBlur={closeWhenLeft} onKeyDown={closeOnEscape}>
      <button
        id={id}
        type="button"
        aria-haspopup={kind}
        aria-expanded={open}
        aria-label={name}
        onClick={() => setOpen(!open)}
        className={className}
      >
        {label}
      </button>
      {open && (
        <div
          className={`absolute top-full z-30 mt-2 w-[min(22rem,calc(100vw-2rem))] overflow-hidden rounded-2xl border border-line bg-raised shadow-xl ${places[align]}`}
        >
          {children(close)}
        </div>
      )}
    </div>
  );
}
