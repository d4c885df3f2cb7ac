import { useId, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';

interface PopoverProps {
  /** What the button shows. */
  label: ReactNode;
  /** The button's id, for what gives the focus back to it. */
  buttonId?: string;
  /** The id of what says more about the button. */
  describedBy?: string;
  kind: 'listbox' | 'dialog' | 'true';
  className: string;
  /** Where the list stands; `outer` leaves that to what stands around. */
  align?: 'left' | 'center' | 'right' | 'outer';
  children: (close: () => void) => ReactNode;
}

const places = {
  left: 'left-0',
  center: 'left-1/2 -translate-x-1/2',
  right: 'right-0',
  outer: 'left-0',
};

/** A button that opens something under it. Escape and leaving close it; Escape gives the focus back. */
export function Popover(props: PopoverProps) {
  const { label, buttonId, describedBy, kind, className, align = 'left', children } = props;
  const [open, setOpen] = useState(false);
  const ownId = useId();
  const id = buttonId ?? ownId;
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
    <div
      className={`min-w-0 ${align === 'outer' ? '' : 'relative'}`}
      onBlur={closeWhenLeft}
      onKeyDown={closeOnEscape}
    >
      <button
        id={id}
        type="button"
        aria-haspopup={kind}
        aria-expanded={open}
        aria-describedby={describedBy}
        onClick={() => setOpen(!open)}
        className={className}
      >
        {label}
      </button>
      {open && (
        <div
          className={`absolute top-full z-30 mt-2 w-[min(22rem,calc(100vw-2rem))] overflow-hidden rounded-2xl border border-line bg-raised text-base font-normal tracking-normal shadow-xl ${places[align]}`}
        >
          {children(close)}
        </div>
      )}
    </div>
  );
}
