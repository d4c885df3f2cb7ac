import { useId, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import { texts } from './texts';

interface DrawerProps {
  title: string;
  children: ReactNode;
  onClose: () => void;
  /** The id of what takes the focus when the drawer was open from the start. */
  opener: string;
}

/** A sheet over the page, at its side or, on phones, its foot. It keeps the focus and gives it back. */
export function Drawer({ title, children, onClose, opener }: DrawerProps) {
  const sheet = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const shown = sheet.current;
    const wasFocused = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      if (wasFocused === document.body) document.getElementById(opener)?.focus();
    };
  }, [opener]);

  const closeOnBackdrop = (event: MouseEvent) => {
    if (event.target === sheet.current) onClose();
  };
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape closes a dialog by itself
    <dialog
      ref={sheet}
      aria-labelledby={id}
      className="drawer"
      onClick={closeOnBackdrop}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="grid gap-4 p-5 pb-8 sm:p-6">
        <header className="flex items-start justify-between gap-4">
          <h2 id={id} className="pt-2 text-xl font-bold tracking-tight">
            {title}
          </h2>
          <button
            type="button"
            className="control -mr-1 min-w-11"
            aria-label={texts.app.close}
            onClick={onClose}
          >
            <span aria-hidden>✕</span>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
